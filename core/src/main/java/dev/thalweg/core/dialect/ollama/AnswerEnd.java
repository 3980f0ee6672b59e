package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.OneLine;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the last object of an answer says: why it is done, and the counts. A whole answer ends in the same members. */
final class AnswerEnd {
    private final AnswerHead head;
    private final Map<String, String> fields = new LinkedHashMap<>(0);
    private final Warnings notes = new Warnings();
    private String reason = "";
    private boolean refused;
    private @Nullable Usage usage;

    AnswerEnd(AnswerHead head) {
        this.head = head;
    }

    void reason(String word) {
        reason = word;
    }

    void refused() {
        refused = true;
    }

    void usage(@Nullable Usage counts) {
        usage = counts;
    }

    /** A further field of a server that speaks this API, too: the times it took. */
    void field(String name, RawJson value) {
        if (head.upstream().startsWith(OllamaDialect.NAME)) {
            fields.put(name, OneLine.of(value.text()));
        }
    }

    /** What was left out on the way. */
    void note(String text) {
        notes.add(text);
    }

    /** Whether it did not end but fail: it must not look like an answer then. */
    boolean failed() {
        return FinishReason.of(reason).kind() == FinishReason.Kind.ERROR;
    }

    /** The error it failed with, as a line. */
    byte[] failure() {
        return ErrorWriter.line(new CallerError(
                500,
                "The provider ended its answer with the reason '" + reason + "'.",
                "server_error",
                "upstream_error",
                null,
                head.requestId(),
                List.of()));
    }

    /** Appends the members and closes the object. */
    void write(ByteBuilder json) {
        json.ascii(",\"done\":true,\"done_reason\":").string(DoneReason.of(reason, refused));
        fields.forEach((name, value) -> json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value)));
        if (usage != null) {
            json.ascii(",\"prompt_eval_count\":").number(usage.inputTokens());
            json.ascii(",\"eval_count\":").number(usage.outputTokens());
        }
        if (DoneReason.hides(reason)) {
            json.ascii(",\"native_finish_reason\":").string(reason);
        }
        Warnings all = new Warnings();
        head.warnings().forEach(all::add);
        notes.all().forEach(all::add);
        String before = ",\"warnings\":[";
        for (String warning : all.all()) {
            json.ascii(before).string(warning);
            before = ",";
        }
        json.ascii(all.isEmpty() ? "}" : "]}");
    }
}
