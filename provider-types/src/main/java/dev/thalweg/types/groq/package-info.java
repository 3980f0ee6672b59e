/**
 * What Groq's chat completions send: OpenAI's shapes with Groq's own fields. The types follow the provider and may change
 * with it in any release; see {@link dev.thalweg.types}.
 */
@NullMarked
package dev.thalweg.types.groq;

import org.jspecify.annotations.NullMarked;
