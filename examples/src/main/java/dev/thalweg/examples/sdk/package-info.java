/** What {@code docs/sdk.md} shows. The programs that ask a model need {@code OPENAI_API_KEY}. */
@NullMarked
package dev.thalweg.examples.sdk;

import org.jspecify.annotations.NullMarked;
