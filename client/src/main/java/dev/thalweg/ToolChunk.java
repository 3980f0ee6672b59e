package dev.thalweg;

import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ToolCall;
import java.util.Optional;

/**
 * A chunk and, where a tool call became complete in it, that call.
 *
 * @param chunk the chunk; the same again where it completes more than one call
 * @param tool the call, with all its arguments; empty where none became complete
 */
public record ToolChunk(ChatChunk chunk, Optional<ToolCall> tool) {}
