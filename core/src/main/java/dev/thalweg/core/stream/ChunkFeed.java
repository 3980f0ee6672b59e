package dev.thalweg.core.stream;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent;
import org.jspecify.annotations.Nullable;

/** Shows the events of chunks that somebody kept to a sink, as a reader shows those of a frame. Not thread-safe. */
public final class ChunkFeed {
    private final FrameSink sink;
    private final ToolCallPiece piece = new ToolCallPiece();

    /** A feed for this sink. */
    public ChunkFeed(FrameSink sink) {
        this.sink = sink;
    }

    /** Shows one chunk. */
    public void add(ChatChunk chunk) {
        chunk.events().forEach(this::add);
    }

    private void add(StreamEvent event) {
        switch (event) {
            case StreamEvent.MessageStart e -> sink.role(e.choice(), JsonText.of(e.role()));
            case StreamEvent.TextDelta e -> sink.text(e.choice(), JsonText.of(e.text()));
            case StreamEvent.ReasoningDelta e -> sink.reasoning(e.choice(), JsonText.of(e.text()));
            case StreamEvent.RefusalDelta e -> sink.refusal(e.choice(), JsonText.of(e.text()));
            case StreamEvent.ToolCallStart e -> toolCall(e.choice(), e.part(), null);
            case StreamEvent.ToolCallDelta e -> toolCall(e.choice(), e.part(), e.arguments());
            case StreamEvent.AudioDelta e -> sink.audio(e.choice(), value(e.audio()));
            case StreamEvent.ImageAdded e -> sink.image(e.choice(), value(e.image()));
            case StreamEvent.Finished e ->
                sink.finish(e.choice(), JsonText.of(e.reason().raw()));
            case StreamEvent.UsageReported e -> sink.usage(e.usage());
            default -> {}
        }
    }

    private void toolCall(int choice, int part, @Nullable String arguments) {
        piece.begin(part);
        piece.arguments(arguments == null ? null : JsonText.of(arguments));
        sink.toolCall(choice, piece);
    }

    private static JsonValue value(RawJson json) {
        byte[] bytes = Bytes.utf8(json.text());
        return new JsonValue().set(bytes, 0, bytes.length);
    }
}
