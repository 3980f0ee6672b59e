package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.OneLine;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What ends a streamed message, gathered on the way and written when all is known. */
final class MessageEnd {
    private final AnswerHead head;
    private final Map<String, String> fields = new LinkedHashMap<>(0);
    private String reason = "";
    private String stopSequence = "null";
    private boolean refused;

    @Nullable
    Usage usage;

    MessageEnd(AnswerHead head) {
        this.head = head;
    }

    void reason(JsonText word) {
        reason = word.decode();
    }

    void refused() {
        refused = true;
    }

    /** A further field of a provider of this protocol. */
    void field(JsonText name, JsonValue value) {
        String json = OneLine.of(value.decode());
        if (name.is("stop_sequence")) {
            stopSequence = json;
        } else {
            fields.put(name.decode(), json);
        }
    }

    /**
     * Appends the last events.
     *
     * @param calls whether tools were called
     * @param own whether the provider speaks this protocol too
     * @param notes what was left out on the way
     */
    void write(ByteBuilder out, boolean calls, boolean own, List<String> notes) {
        if (FinishReason.of(reason).kind() == FinishReason.Kind.ERROR) {
            out.append(ErrorWriter.event(failure())); // it must not look like an answer that ended
            return;
        }
        out.ascii("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":")
                .string(StopReason.of(reason, calls, refused))
                .ascii(",\"stop_sequence\":")
                .append(Bytes.utf8(stopSequence));
        fields.forEach((name, json) -> out.ascii(",").string(name).ascii(":").append(Bytes.utf8(json)));
        if (StopReason.hides(reason)) {
            out.ascii(",\"native_finish_reason\":").string(reason);
        }
        out.ascii("},\"usage\":");
        UsageWriter.write(out, usage, own);
        MessageHead.warnings(out, notes);
        out.ascii("}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    private CallerError failure() {
        return new CallerError(
                500,
                "The provider ended its answer with the reason '" + reason + "'.",
                "server_error",
                "upstream_error",
                null,
                head.requestId(),
                List.of());
    }
}
