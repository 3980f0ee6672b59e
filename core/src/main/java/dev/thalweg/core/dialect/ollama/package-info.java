/** Ollama's own API, towards servers that speak it and towards callers that do: chats, and prompts that are gone on from. */
@NullMarked
package dev.thalweg.core.dialect.ollama;

import org.jspecify.annotations.NullMarked;
