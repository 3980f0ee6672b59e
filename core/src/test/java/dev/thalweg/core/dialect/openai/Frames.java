package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes down what a reader tells, one line for each call. */
final class Frames implements FrameSink {
    private static final Predicate<String> EXTRA =
            Pattern.compile("^-?\\d+ (ANSWER|CHOICE|MESSAGE|TOOL_CALL) ").asPredicate();

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
        return inChunk(members).contents();
    }

    static List<String> ofChoiceWithExtras(String members) {
        List<String> told = new ArrayList<>(inChunk(members).told);
        told.removeAll(List.of("id c1", "model m"));
        return told;
    }

    private static Frames inChunk(String members) {
        return of(
                "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{" + members + "}]}");
    }

    static List<String> ofDelta(String members) {
        return ofChoice("\"index\":0,\"delta\":{" + members + "},\"finish_reason\":null");
    }

    /** All but id, model and further fields. */
    List<String> contents() {
        return told.stream()
                .filter(line -> !line.startsWith("id ") && !line.startsWith("model ") && !EXTRA.test(line))
                .toList();
    }

    /** The further fields. */
    List<String> extras() {
        return told.stream().filter(EXTRA).toList();
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
    public void signature(int choice, JsonText signature) {
        told.add(choice + " signature " + signature);
    }

    @Override
    public void redacted(int choice, JsonText data) {
        told.add(choice + " redacted " + data);
    }

    @Override
    public void toolCall(int choice, ToolCallPiece piece) {
        String type = piece.type() == null || piece.type().is("function") ? "" : " " + piece.type();
        told.add(choice + " call " + piece.index() + " " + piece.id() + " " + piece.name() + " " + piece.arguments()
                + type);
    }

    @Override
    public void audio(int choice, JsonValue piece) {
        told.add(choice + " audio " + piece);
    }

    @Override
    public void image(int choice, JsonValue image) {
        told.add(choice + " image " + image);
    }

    @Override
    public void annotation(int choice, JsonValue annotation) {
        told.add(choice + " annotation " + annotation);
    }

    @Override
    public void logprobs(int choice, JsonValue logprobs) {
        told.add(choice + " logprobs " + logprobs);
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        told.add(choice + " " + owner + " " + name + " " + value);
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
