/** Anthropic's Messages API, towards providers that speak it and towards callers that do. */
@NullMarked
package dev.thalweg.core.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
