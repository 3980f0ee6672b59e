package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.wire.AwsFrames;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/**
 * Writes the blocks of a streamed message as frames: one is open at a time, and they are numbered without a gap. Only the
 * call of a tool has a frame for its beginning.
 */
final class BlockFrames {
    private enum Kind {
        NONE,
        TEXT,
        REASONING,
        TOOL_USE
    }

    private final ByteBuilder out;
    private final ByteBuilder json = new ByteBuilder(256);
    private Kind open = Kind.NONE;
    private int index = -1;

    BlockFrames(ByteBuilder out) {
        this.out = out;
    }

    /** The message begins. */
    void begin() {
        json.clear().ascii("{\"role\":\"assistant\"}");
        frame("messageStart");
    }

    /** A piece of text. */
    void text(JsonText text) {
        open(Kind.TEXT);
        delta("\"text\":").string(text);
        endDelta("}}");
    }

    /** What the text cites. */
    void citation(JsonValue citation) {
        open(Kind.TEXT);
        delta("\"citation\":").value(citation);
        endDelta("}}");
    }

    /** A piece of reasoning. */
    void thinking(JsonText text) {
        open(Kind.REASONING);
        delta("\"reasoningContent\":{\"text\":").string(text);
        endDelta("}}}");
    }

    /** The signature over the reasoning so far, which ends here. */
    void signature(String signature) {
        open(Kind.REASONING);
        delta("\"reasoningContent\":{\"signature\":").string(signature);
        endDelta("}}}");
        close();
    }

    /** Reasoning that only its provider can read. */
    void redacted(String data) {
        close();
        open(Kind.REASONING);
        delta("\"reasoningContent\":{\"redactedContent\":").string(data);
        endDelta("}}}");
        close();
    }

    /** A tool's call begins. */
    void toolUse(String id, String name) {
        close();
        index++;
        open = Kind.TOOL_USE;
        json.clear().ascii("{\"contentBlockIndex\":").number(index);
        json.ascii(",\"start\":{\"toolUse\":{\"toolUseId\":").string(id);
        json.ascii(",\"name\":").string(name).ascii("}}}");
        frame("contentBlockStart");
    }

    /** A piece of the arguments of the call that is open. */
    void input(JsonText arguments) {
        delta("\"toolUse\":{\"input\":").string(arguments);
        endDelta("}}}");
    }

    /** Ends the block that is open. */
    void close() {
        if (open != Kind.NONE) {
            open = Kind.NONE;
            json.clear().ascii("{\"contentBlockIndex\":").number(index).ascii("}");
            frame("contentBlockStop");
        }
    }

    /** An event with this JSON. */
    void event(String type, String text) {
        json.clear().append(Bytes.utf8(text));
        frame(type);
    }

    private void open(Kind kind) {
        if (open != kind) {
            close();
            index++;
            open = kind;
        }
    }

    private ByteBuilder delta(String member) {
        return json.clear()
                .ascii("{\"contentBlockIndex\":")
                .number(index)
                .ascii(",\"delta\":{")
                .ascii(member);
    }

    private void endDelta(String braces) {
        json.ascii(braces);
        frame("contentBlockDelta");
    }

    private void frame(String type) {
        AwsFrames.event(out, type, json.array(), 0, json.length());
    }
}
