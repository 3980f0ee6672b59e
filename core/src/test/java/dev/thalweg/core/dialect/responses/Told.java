package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.error.ErrorBody;
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

/** Writes down what a reader tells, one line for each call, and how the stream ended. */
final class Told implements FrameSink {
    final List<String> lines = new ArrayList<>();

    @Nullable
    Usage usage;

    @Nullable
    ErrorBody error;

    /** What is told of a stream of these events' data. */
    static List<String> of(String... events) {
        return stream(sse(events)).lines;
    }

    static String sse(String... events) {
        StringBuilder stream = new StringBuilder();
        for (String event : events) {
            stream.append("data: ").append(event.replace('\'', '"')).append("\n\n");
        }
        return stream.toString();
    }

    static Told stream(String stream) {
        return stream(List.of(stream.getBytes(StandardCharsets.UTF_8)));
    }

    static Told stream(List<byte[]> pieces) {
        Told told = new Told();
        SseReader events = new SseReader(1 << 23, new HeldBytes(1 << 24));
        EventReader reader = ResponsesDialect.INSTANCE.eventReader();
        for (byte[] piece : pieces) {
            events.feed(piece, 0, piece.length);
            while (events.next()) {
                if (events.block().hasData()) {
                    told.event(reader, reader.read(events.block(), told));
                }
            }
        }
        if (events.finish() && events.block().hasData()) {
            told.event(reader, reader.read(events.block(), told));
        }
        return told;
    }

    private void event(EventReader reader, EventReader.Kind kind) {
        if (kind == EventReader.Kind.ERROR) {
            error = reader.error();
            lines.add("ERROR " + error.message() + " | " + error.type() + " | " + error.code() + " | " + error.param());
        } else if (kind == EventReader.Kind.END) {
            lines.add("END");
        }
    }

    static Told answer(String json) {
        return body(json.replace('\'', '"'));
    }

    static Told body(String json) {
        byte[] bytes = ("xx" + json + "yy").getBytes(StandardCharsets.UTF_8);
        Told told = new Told();
        told.error = ResponsesDialect.INSTANCE.readAnswer(bytes, 2, bytes.length - 4, told);
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
    public void refusal(int choice, JsonText text) {
        lines.add("refusal " + text);
    }

    @Override
    public void toolCall(int choice, ToolCallPiece piece) {
        lines.add("call " + piece.index() + " " + piece.id() + " " + piece.name() + " " + piece.arguments()
                + (piece.type() == null ? "" : " " + piece.type()));
    }

    @Override
    public void audio(int choice, JsonValue piece) {
        lines.add("audio " + piece);
    }

    @Override
    public void image(int choice, JsonValue image) {
        lines.add("image " + image);
    }

    @Override
    public void annotation(int choice, JsonValue annotation) {
        lines.add("annotation " + annotation);
    }

    @Override
    public void logprobs(int choice, JsonValue logprobs) {
        lines.add("logprobs " + logprobs);
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        lines.add("extra " + owner + " " + name + " " + value);
    }

    @Override
    public void partBegins(int choice, JsonText id) {
        lines.add("begins " + id);
    }

    @Override
    public void partEnds(int choice) {
        lines.add("ends");
    }

    @Override
    public void finish(int choice, JsonText reason) {
        lines.add("finish " + reason);
    }

    @Override
    public void usage(Usage reported) {
        usage = reported;
        lines.add("usage " + reported.inputTokens() + " " + reported.outputTokens());
    }
}
