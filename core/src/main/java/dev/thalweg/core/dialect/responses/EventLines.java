package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/**
 * Writes events one after the other, with their names and with numbers from 0 without a gap. The end of a text's delta is
 * written when the next thing happens, because the probabilities of its tokens may only be told after it.
 */
final class EventLines {
    private final ByteBuilder out = new ByteBuilder(1024);
    private final byte[] digits = new byte[20];
    private long sequence;

    /** The next event has this number. */
    void numberedFrom(long next) {
        sequence = next;
    }

    private boolean openDelta;

    /** What was written. */
    ByteBuilder written() {
        endDelta();
        return out;
    }

    /** Begins an event: further members follow, each with a comma before it, and then {@link #end}. */
    ByteBuilder begin(String type) {
        endDelta();
        out.ascii("event: ")
                .ascii(type)
                .ascii("\ndata: {\"type\":\"")
                .ascii(type)
                .ascii("\",\"sequence_number\":");
        number(sequence++);
        return out;
    }

    /** Ends it. */
    void end() {
        out.ascii("}\n\n");
    }

    /** An event of this one piece of text, in the place that these members say. */
    void delta(String type, byte[] place, JsonText text) {
        begin(type).append(place).ascii(",\"delta\":\"");
        SafeText.append(out, text).ascii("\"}\n\n");
    }

    /** The same, of a text whose tokens may have probabilities. */
    void textDelta(byte[] place, JsonText text) {
        begin("response.output_text.delta").append(place).ascii(",\"delta\":\"");
        SafeText.append(out, text).ascii("\",\"logprobs\":[");
        openDelta = true;
    }

    /** The probabilities of the tokens of the delta just written, as the elements of a list. */
    void logprobs(JsonValue elements) {
        if (openDelta) {
            SafeText.append(out, elements);
            endDelta();
        }
    }

    private void endDelta() {
        if (openDelta) {
            openDelta = false;
            out.ascii("]}\n\n");
        }
    }

    /** Without the text that {@link Long#toString} makes. */
    private void number(long value) {
        int start = digits.length;
        long rest = value;
        do {
            digits[--start] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        out.append(digits, start, digits.length - start);
    }
}
