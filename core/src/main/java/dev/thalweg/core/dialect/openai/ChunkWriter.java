package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the chunks of one answer for a caller. A choice begins with its role and ends with one finish reason, which is
 * written last, because providers exist that say it twice or go on after it. Reasoning is written in both spellings that
 * clients read, {@code reasoning_content} and OpenRouter's {@code reasoning_details}, as OpenRouter does itself: only
 * the details know which words a signature vouches for. Not thread-safe.
 */
final class ChunkWriter implements EventWriter {
    private static final String PREFIX = "chatcmpl-";

    /** What a delta has words for. */
    private static final Set<String> OWN = Set.of(
            "role",
            "content",
            "refusal",
            "tool_calls",
            "function_call",
            "reasoning",
            "reasoning_content",
            "reasoning_details",
            "thinking_blocks",
            "annotations",
            "images",
            "audio");

    private final ChunkFrame frame;
    private final String mark;
    private final String callIds;
    private final boolean functions;
    private final TreeMap<Integer, OpenChoice> choices = new TreeMap<>();
    private @Nullable OpenChoice latest;

    /**
     * A writer for one answer.
     *
     * @param functions whether the caller asked in the form before tools
     */
    ChunkWriter(AnswerHead head, boolean functions) {
        this.frame = new ChunkFrame(head, "chat.completion.chunk", PREFIX);
        this.mark = Origin.mark(head.upstream(), OpenAiDialect.NAME, "");
        this.callIds = "call_" + head.requestId();
        this.functions = functions;
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
        OpenChoice unused = choice(choice);
    }

    @Override
    public void text(int choice, JsonText text) {
        if (!text.isEmpty()) {
            OpenChoice to = choice(choice);
            Json.text(to.open().ascii("\"content\":\""), text).ascii("\"");
            to.close();
        }
    }

    @Override
    public void refusal(int choice, JsonText text) {
        if (!text.isEmpty()) {
            OpenChoice to = choice(choice);
            Json.text(to.open().ascii("\"refusal\":\""), text).ascii("\"");
            to.close();
        }
    }

    @Override
    public void reasoning(int choice, JsonText text) {
        if (text.isEmpty()) {
            return;
        }
        OpenChoice to = choice(choice);
        to.reasons = true;
        ByteBuilder out = Json.text(to.open().ascii("\"reasoning_content\":\""), text);
        Json.text(out.ascii("\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\""), text);
        to.closeDetail();
    }

    @Override
    public void signature(int choice, JsonText signature) {
        OpenChoice to = choice(choice);
        ByteBuilder out = to.open().ascii("\"reasoning_details\":[{\"type\":\"reasoning.text\",\"signature\":\"");
        Json.text(out.ascii(mark), signature);
        to.closeDetail();
        to.reasons = true;
        to.endReasoning();
    }

    @Override
    public void redacted(int choice, JsonText data) {
        OpenChoice to = choice(choice);
        to.endReasoning();
        ByteBuilder out = to.open().ascii("\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"");
        Json.text(out.ascii(mark), data);
        to.closeDetail();
        to.reasons = true;
        to.endReasoning();
    }

    @Override
    public void toolCall(int choice, ToolCallPiece piece) {
        choice(choice).calls.add(piece);
    }

    @Override
    public void audio(int choice, JsonValue piece) {
        member(choice, "\"audio\":", piece, "");
    }

    @Override
    public void image(int choice, JsonValue image) {
        member(choice, "\"images\":[", image, "]");
    }

    @Override
    public void annotation(int choice, JsonValue annotation) {
        member(choice, "\"annotations\":[", annotation, "]");
    }

    private void member(int choice, String before, JsonValue value, String after) {
        OpenChoice to = choice(choice);
        Json.value(to.open().ascii(before), value).ascii(after);
        to.close();
    }

    @Override
    public void logprobs(int choice, JsonValue logprobs) {
        choice(choice).logprobs(logprobs);
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        switch (owner) {
            case ANSWER -> frame.extra(name, value);
            case CHOICE -> choice(choice).extra(name, value);
            case TOOL_CALL -> choice(choice).calls.extra(name, value);
            case MESSAGE -> {
                if (!OWN.contains(name.decode())) {
                    OpenChoice to = choice(choice);
                    Json.value(Json.text(to.open().ascii("\""), name).ascii("\":"), value);
                    to.close();
                }
            }
        }
    }

    @Override
    public void partEnds(int choice) {
        OpenChoice to = choice(choice);
        to.endReasoning();
        to.calls.end();
    }

    @Override
    public void finish(int choice, JsonText reason) {
        choice(choice).reason = FinishReason.of(reason.decode());
    }

    @Override
    public void complete() {
        if (choices.isEmpty()) {
            OpenChoice unused = choice(0);
        }
        choices.values().forEach(OpenChoice::finish);
        frame.complete();
    }

    private OpenChoice choice(int index) {
        OpenChoice known = latest;
        if (known == null || known.index != index) {
            known = choices.computeIfAbsent(index, i -> new OpenChoice(frame, i, callIds, functions));
            latest = known;
        }
        return known;
    }
}
