/**
 * OpenAI's Responses in both directions. Towards an upstream {@code RequestWriter} and the files it uses write a request, and
 * {@code ResponseEventReader} and {@code AnswerReader} read what comes back; towards a caller {@code RequestReader} reads, and
 * {@code ResponseEventWriter} writes. An answer consists of items, each with an index of its own: messages, reasoning, calls,
 * and what the provider's own tools did.
 */
@NullMarked
package dev.thalweg.core.dialect.responses;

import org.jspecify.annotations.NullMarked;
