package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer as the events of a completion: text, why it ended, usage. A refusal is text here; what else a chat can
 * say was not asked for. Not thread-safe.
 */
final class TextChunkWriter implements EventWriter {
    private static final String PREFIX = "cmpl-";

    private final ChunkFrame frame;

    /** Why choices ended, by index; null as long as that was not said. */
    private final TreeMap<Integer, @Nullable FinishReason> choices = new TreeMap<>();

    TextChunkWriter(AnswerHead head) {
        this.frame = new ChunkFrame(head, "text_completion", PREFIX);
    }

    /** An answer's id. */
    static String id(@Nullable String upstreams, AnswerHead head) {
        return ChunkFrame.id(upstreams, PREFIX, head);
    }

    @Override
    public ByteBuilder written() {
        return frame.out();
    }

    @Override
    public byte[] keepAlive() {
        return frame.keepAlive();
    }

    @Override
    public void id(JsonText text) {
        frame.id(text);
    }

    @Override
    public void usage(Usage usage) {
        frame.usage(usage);
    }

    @Override
    public void role(int choice, JsonText role) {
        begin(choice);
    }

    @Override
    public void text(int choice, JsonText text) {
        begin(choice);
        if (!text.isEmpty()) {
            Json.text(frame.begin().ascii("{\"text\":\""), text);
            frame.out().ascii("\",\"index\":").number(choice).ascii(",\"logprobs\":null,\"finish_reason\":null}");
            frame.end();
        }
    }

    @Override
    public void refusal(int choice, JsonText text) {
        text(choice, text);
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        if (owner == ExtraField.Owner.ANSWER) {
            frame.extra(name, value);
        }
    }

    @Override
    public void finish(int choice, JsonText reason) {
        choices.put(choice, FinishReason.of(reason.decode()));
    }

    @Override
    public void complete() {
        if (choices.isEmpty()) {
            begin(0);
        }
        choices.forEach(this::finish);
        frame.complete();
    }

    private void begin(int choice) {
        choices.putIfAbsent(choice, null);
    }

    private void finish(int choice, @Nullable FinishReason reason) {
        FinishReason said = reason == null ? FinishReason.of("stop") : reason;
        String word = FinishWord.of(said, false, false);
        frame.begin().ascii("{\"text\":\"\",\"index\":").number(choice);
        frame.out().ascii(",\"logprobs\":null,\"finish_reason\":").string(word);
        if (!word.equals(said.raw())) {
            frame.out().ascii(",\"" + FinishWord.NATIVE + "\":").string(said.raw());
        }
        frame.out().ascii("}");
        frame.end();
    }
}
