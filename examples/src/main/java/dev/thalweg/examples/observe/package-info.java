/** What {@code docs/sdk/observability.md} shows. The programs need {@code OPENAI_API_KEY}. */
@NullMarked
package dev.thalweg.examples.observe;

import org.jspecify.annotations.NullMarked;
