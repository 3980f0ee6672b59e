/** What the LiteLLM page on streaming and async shows, in Java. They need {@code OPENAI_API_KEY}. */
@NullMarked
package dev.thalweg.examples.litellm;

import org.jspecify.annotations.NullMarked;
