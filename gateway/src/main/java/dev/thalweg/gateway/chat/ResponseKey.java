package dev.thalweg.gateway.chat;

import org.jspecify.annotations.Nullable;

/**
 * Whose response, and which; or whose item of one. An id alone names nothing: callers have a say in theirs.
 *
 * @param owner the key it was asked with, by its name; null where none is needed
 */
record ResponseKey(@Nullable String owner, String id) {}
