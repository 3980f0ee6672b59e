/** Cohere's chat API, version 2, towards providers that speak it and towards callers that do. */
@NullMarked
package dev.thalweg.core.dialect.cohere;

import org.jspecify.annotations.NullMarked;
