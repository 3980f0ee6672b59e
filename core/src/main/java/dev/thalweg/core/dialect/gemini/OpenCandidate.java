package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a candidate waits for its last chunk. */
final class OpenCandidate {
    /** Citations are kept until the end: more than any answer makes are not. */
    private static final int MOST_ANNOTATIONS = 1_000;

    final int index;
    final OpenCalls calls = new OpenCalls();
    final Map<String, String> extra = new LinkedHashMap<>(0);
    final List<String> logprobs = new ArrayList<>(0);
    private final List<RawJson> annotations = new ArrayList<>(0);
    /** The signature of the image that comes next; null: none. */
    @Nullable
    String imageSignature;

    String reason = "";
    boolean refused;

    OpenCandidate(int index) {
        this.index = index;
    }

    void annotation(RawJson annotation) {
        if (annotations.size() < MOST_ANNOTATIONS) {
            annotations.add(annotation);
        }
    }

    /** Appends why it ended and what else belongs to its end, as further members. */
    void end(ByteBuilder json) {
        end(json, reason, refused, extra, annotations, Logprobs.of(logprobs));
    }

    /** The same of a whole answer. */
    static void end(
            ByteBuilder json,
            String reason,
            boolean refused,
            Map<String, String> extra,
            List<RawJson> annotations,
            String logprobs) {
        json.ascii(",\"finishReason\":").string(FinishWord.of(reason, refused));
        if (FinishWord.hides(reason) && !extra.containsKey("finishMessage")) {
            json.ascii(",\"finishMessage\":").string("The provider gave the reason '" + reason + "'.");
        }
        String grounding = extra.containsKey("groundingMetadata") ? "" : Grounding.of(annotations);
        member(json, "groundingMetadata", grounding);
        member(json, "logprobsResult", logprobs);
        extra.forEach((name, value) -> member(json, name, value));
    }

    private static void member(ByteBuilder json, String name, String value) {
        if (!value.isEmpty()) {
            PartJson.line(json.ascii(",").string(name).ascii(":"), value);
        }
    }
}
