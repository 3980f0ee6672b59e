package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.wire.ByteBuilder;
import java.util.List;
import java.util.regex.Pattern;

/** Writes what a message is before its content, the same for a stream and a whole answer. */
final class MessageHead {
    private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9_-]");

    private MessageHead() {}

    /** Begins the object, which is left open. */
    static ByteBuilder begin(ByteBuilder json, AnswerHead head, String upstreamsId) {
        return json.ascii("{\"id\":")
                .string(id(head, upstreamsId))
                .ascii(",\"type\":\"message\",\"role\":\"assistant\",\"model\":")
                .string(head.model());
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

    /** The text without the characters that are not allowed in an id. */
    static String plain(String text) {
        return NOT_PLAIN.matcher(text).replaceAll("");
    }

    private static String id(AnswerHead head, String upstreamsId) {
        return upstreamsId.startsWith("msg_") ? upstreamsId : "msg_" + plain(head.requestId());
    }
}
