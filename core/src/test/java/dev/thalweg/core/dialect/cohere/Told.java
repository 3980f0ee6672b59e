package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.core.wire.SseReader;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a reader tells, one line for each call. */
final class Told implements FrameSink {
    final List<String> lines = new ArrayList<>();

    @Nullable
    Usage usage;

    EventReader.@Nullable Kind last;
    String error = "";

    /** What is told of these events, each given as its data. */
    static Told of(String... data) {
        StringBuilder stream = new StringBuilder();
        for (String one : data) {
            stream.append("data: ").append(one).append("\n\n");
        }
        return ofStream(List.of(stream.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** What is told of a stream that comes in these pieces, up to its end. */
    static Told ofStream(List<byte[]> pieces) {
        Told told = new Told();
        read(pieces, told, told);
        return told;
    }

    /** The same for a sink of one's own. */
    static void read(List<byte[]> pieces, FrameSink sink, Told told) {
        SseReader events = new SseReader(1 << 23, new HeldBytes(1 << 24));
        EventReader reader = new CohereDialect().eventReader();
        for (byte[] piece : pieces) {
            events.feed(piece, 0, piece.length);
            while (events.next()) {
                if (events.block().hasData()) {
                    told.last = reader.read(events.block(), sink);
                    if (told.last == EventReader.Kind.ERROR) {
                        told.error =
                                reader.error().type() + ": " + reader.error().message();
                    }
                }
            }
        }
    }

    /** What is told of a whole answer. */
    static Told ofAnswer(String json) {
        Told told = new Told();
        byte[] bytes = ("xx" + json + "yy").getBytes(StandardCharsets.UTF_8);
        var error = new CohereDialect().readAnswer(bytes, 2, bytes.length - 4, told);
        told.error = error == null ? "" : error.type() + ": " + error.message();
        return told;
    }

    @Override
    public void id(JsonText text) {
        lines.add("id " + text);
    }

    @Override
    public void model(JsonText text) {
        lines.add("model " + text);
    }

    @Override
    public void role(int choice, JsonText role) {
        lines.add("role " + role);
    }

    @Override
    public void text(int choice, JsonText text) {
        lines.add("text " + text);
    }

    @Override
    public void reasoning(int choice, JsonText text) {
        lines.add("reasoning " + text);
    }

    @Override
    public void signature(int choice, JsonText signature) {
        lines.add("signature " + signature);
    }

    @Override
    public void redacted(int choice, JsonText data) {
        lines.add("redacted " + data);
    }

    @Override
    public void toolCall(int choice, ToolCallPiece piece) {
        lines.add("call " + piece.index() + " " + piece.type() + " " + piece.id() + " " + piece.name() + " "
                + piece.arguments());
    }

    @Override
    public void annotation(int choice, JsonValue annotation) {
        lines.add("annotation " + annotation);
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        lines.add(owner + " " + name + " " + value);
    }

    @Override
    public void logprobs(int choice, JsonValue logprobs) {
        lines.add("logprobs " + logprobs);
    }

    @Override
    public void partEnds(int choice) {
        lines.add("end");
    }

    @Override
    public void finish(int choice, JsonText reason) {
        lines.add("finish " + reason);
    }

    @Override
    public void usage(Usage reported) {
        usage = reported;
    }
}
