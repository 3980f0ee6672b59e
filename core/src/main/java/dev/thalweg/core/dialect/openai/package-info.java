/**
 * OpenAI's chat completions, as OpenAI and all the providers that follow it speak them. {@code RequestReader}, {@code
 * RequestWriter.rewrite}, {@code Relay} and {@code CompletionRelay} pass on what both sides understand; {@code OpenAiDialect}
 * is the way in for what has to be said in another protocol, and {@code CompletionsDialect} for the completions before chat.
 */
@NullMarked
package dev.thalweg.core.dialect.openai;

import org.jspecify.annotations.NullMarked;
