/** What Mirascope's page on streams shows, in Java without decorators. They need {@code OPENAI_API_KEY}. */
@NullMarked
package dev.thalweg.examples.mirascope;

import org.jspecify.annotations.NullMarked;
