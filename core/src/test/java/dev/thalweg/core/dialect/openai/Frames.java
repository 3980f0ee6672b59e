package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a reader tells, one line for each call. */
final class Frames implements FrameSink {
    final List<String> told = new ArrayList<>();

    @Nullable
    Usage usage;

    /** What is told of this frame; it stands in the middle of an array. */
    static Frames of(String json) {
        Frames frames = new Frames();
        read(new ResponseReader(), json, frames);
        return frames;
    }

    static ResponseReader read(ResponseReader reader, String json, FrameSink sink) {
        byte[] bytes = ("xx" + json + "yy").getBytes(StandardCharsets.UTF_8);
        reader.read(bytes, 2, bytes.length - 4, sink);
        return reader;
    }

    /** The same, for one choice's members inside an otherwise usual chunk. */
    static List<String> ofChoice(String members) {
        return of("{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{" + members
                        + "}]}")
                .contents();
    }

    static List<String> ofDelta(String members) {
        return ofChoice("\"index\":0,\"delta\":{" + members + "},\"finish_reason\":null");
    }

    /** All but id and model. */
    List<String> contents() {
        return told.stream()
                .filter(line -> !line.startsWith("id ") && !line.startsWith("model "))
                .toList();
    }

    @Override
    public void id(JsonText text) {
        told.add("id " + text);
    }

    @Override
    public void model(JsonText text) {
        told.add("model " + text);
    }

    @Override
    public void role(int choice, JsonText role) {
        told.add(choice + " role " + role);
    }

    @Override
    public void text(int choice, JsonText text) {
        told.add(choice + " text " + text);
    }

    @Override
    public void reasoning(int choice, JsonText text) {
        told.add(choice + " reasoning " + text);
    }

    @Override
    public void refusal(int choice, JsonText text) {
        told.add(choice + " refusal " + text);
    }

    @Override
    public void toolCall(
            int choice, int index, @Nullable JsonText id, @Nullable JsonText name, @Nullable JsonText arguments) {
        told.add(choice + " call " + index + " " + id + " " + name + " " + arguments);
    }

    @Override
    public void otherContent(int choice) {
        told.add(choice + " other");
    }

    @Override
    public void finish(int choice, JsonText reason) {
        told.add(choice + " finish " + reason);
    }

    @Override
    public void usage(Usage reported) {
        usage = reported;
        told.add("usage " + reported.inputTokens() + " " + reported.outputTokens());
    }
}
