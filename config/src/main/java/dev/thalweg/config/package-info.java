/**
 * Reads LiteLLM's {@code config.yaml} into immutable values: everything wrong in a file is found at once and told with
 * its line, before anything is served.
 */
@NullMarked
package dev.thalweg.config;

import org.jspecify.annotations.NullMarked;
