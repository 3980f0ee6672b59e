/** OpenAI's chat completions, as OpenAI and all the providers that follow it speak them. */
@NullMarked
package dev.thalweg.core.dialect.openai;

import org.jspecify.annotations.NullMarked;
