package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What ends a streamed message, gathered on the way and written when all is known. */
final class MessageEnd {
    /** Clients want the member. How long the provider took is in the headers. */
    static final String NO_METRICS = "{\"latencyMs\":0}";

    private final AnswerHead head;
    private final Map<String, String> ofChoice = new LinkedHashMap<>(0);
    private final Map<String, String> ofAnswer = new LinkedHashMap<>(0);
    private String reason = "";
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
    void field(ExtraField.Owner owner, JsonText name, JsonValue value) {
        (owner == ExtraField.Owner.CHOICE ? ofChoice : ofAnswer).put(name.decode(), value.decode());
    }

    /**
     * Appends the last events.
     *
     * @param calls whether tools were called
     * @param notes what was left out on the way
     */
    void write(ByteBuilder out, BlockFrames frames, boolean calls, List<String> notes) {
        if (FinishReason.of(reason).kind() == FinishReason.Kind.ERROR) {
            out.append(BedrockErrors.event(failure(head, reason))); // it must not look like an answer that ended
            return;
        }
        ByteBuilder json = new ByteBuilder(256).ascii("{\"stopReason\":");
        json.string(StopReason.of(reason, calls, refused));
        fields(json, ofChoice);
        if (StopReason.hides(reason)) {
            json.ascii(",\"nativeFinishReason\":").string(reason);
        }
        frames.event("messageStop", json.ascii("}").toString());
        json.clear().ascii("{\"usage\":");
        UsageWriter.write(json, usage);
        ofAnswer.putIfAbsent("metrics", NO_METRICS);
        fields(json, ofAnswer);
        warnings(json, notes);
        frames.event("metadata", json.ascii("}").toString());
    }

    /** Appends what was done differently than asked, as a further field of this project's; nothing where there is none. */
    static void warnings(ByteBuilder json, List<String> warnings) {
        String before = ",\"warnings\":[";
        for (String warning : warnings) {
            json.ascii(before).string(warning);
            before = ",";
        }
        json.ascii(warnings.isEmpty() ? "" : "]");
    }

    private static void fields(ByteBuilder json, Map<String, String> fields) {
        fields.forEach((name, value) -> json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value)));
    }

    private static CallerError failure(AnswerHead head, String reason) {
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
