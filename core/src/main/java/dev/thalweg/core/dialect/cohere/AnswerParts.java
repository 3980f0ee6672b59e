package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.wire.ByteBuilder;
import java.util.List;

/** Writes what a stream and a whole answer say alike. */
final class AnswerParts {
    private AnswerParts() {}

    /** Whether the answer comes from a provider of this protocol. */
    static boolean own(AnswerHead head) {
        return head.upstream().equals(CohereDialect.NAME);
    }

    /** The answer's id: the provider's where it speaks this protocol, else the request's. */
    static String id(AnswerHead head, String upstreams) {
        return own(head) && !upstreams.isEmpty() ? upstreams : head.requestId();
    }

    /** Appends why it ended; the provider's own word goes beside it where it says something else. */
    static void finish(ByteBuilder json, String raw, boolean calls) {
        String word = FinishWord.of(raw, calls);
        json.ascii("\"finish_reason\":").string(word);
        if (FinishWord.hides(raw)) {
            json.ascii(",\"native_finish_reason\":").string(raw);
            if (word.equals(FinishWord.ERROR)) {
                json.ascii(",\"error\":").string(FinishWord.explanation(raw));
            }
        }
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
}
