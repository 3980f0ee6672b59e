/**
 * What Mistral's chat completions send: OpenAI's shapes with Mistral's own content. The types follow the provider and may
 * change with it in any release; see {@link dev.thalweg.types}.
 */
@NullMarked
package dev.thalweg.types.mistral;

import org.jspecify.annotations.NullMarked;
