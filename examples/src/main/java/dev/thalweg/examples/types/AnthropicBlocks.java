package dev.thalweg.examples.types;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.types.anthropic.AnthropicBlock;
import dev.thalweg.types.anthropic.AnthropicDelta;
import dev.thalweg.types.anthropic.AnthropicEvent;
import dev.thalweg.types.anthropic.AnthropicEvent.ContentBlockDelta;
import dev.thalweg.types.anthropic.AnthropicEvent.ContentBlockStart;

/** Says where a text is from, which only Anthropic's own events tell block by block. */
public final class AnthropicBlocks {
    void main() {
        try (ChatStream stream = Thalweg.create().stream("anthropic/claude-sonnet-4-5", "What is new at the falls?")) {
            for (ChatChunk chunk : stream) {
                print(chunk.raw(AnthropicEvent.class));
            }
        }
    }

    private static void print(AnthropicEvent event) {
        switch (event) {
            case ContentBlockStart start
            when start.contentBlock() instanceof AnthropicBlock.ServerToolUse tool ->
                IO.println("[" + tool.name() + " " + tool.id() + "]");
            case ContentBlockDelta more when more.delta() instanceof AnthropicDelta.Text text -> IO.print(text.text());
            case ContentBlockDelta more
            when more.delta() instanceof AnthropicDelta.Citations source ->
                IO.print(" <" + source.citation().url() + ">");
            case AnthropicEvent.MessageDelta end ->
                IO.println("\n[" + end.delta().stopReason() + "]");
            case AnthropicEvent.Other other -> IO.println("new: " + other.type() + " " + other.extra());
            default -> {}
        }
    }
}
