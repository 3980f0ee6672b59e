package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.wire.ByteBuilder;
import java.time.Instant;

/** Writes what every object of an answer begins with. */
final class AnswerHeadWriter {
    private AnswerHeadWriter() {}

    /** Begins an object, which is left open. */
    static ByteBuilder begin(ByteBuilder json, AnswerHead head) {
        return json.ascii("{\"model\":")
                .string(head.model())
                .ascii(",\"created_at\":")
                .string(Instant.ofEpochSecond(head.created()).toString());
    }
}
