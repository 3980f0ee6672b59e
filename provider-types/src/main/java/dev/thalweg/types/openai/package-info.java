/**
 * What OpenAI's chat completions send. The types follow the provider and may change with it in any release; see
 * {@link dev.thalweg.types}.
 */
@NullMarked
package dev.thalweg.types.openai;

import org.jspecify.annotations.NullMarked;
