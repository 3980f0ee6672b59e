package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/** Writes the blocks of a streamed message as events: one is open at a time, and they are numbered without a gap. */
final class BlockEvents {
    private enum Kind {
        NONE,
        TEXT,
        THINKING,
        TOOL_USE
    }

    private final ByteBuilder out;
    private Kind open = Kind.NONE;
    private int count;
    private String index = "";

    BlockEvents(ByteBuilder out) {
        this.out = out;
    }

    /** A piece of text. */
    void text(JsonText text) {
        open(Kind.TEXT);
        delta("{\"type\":\"text_delta\",\"text\":").string(text);
        endDelta();
    }

    /** What the text cites. */
    void citation(JsonValue citation) {
        open(Kind.TEXT);
        delta("{\"type\":\"citations_delta\",\"citation\":").value(citation);
        endDelta();
    }

    /** A piece of thinking. */
    void thinking(JsonText text) {
        open(Kind.THINKING);
        delta("{\"type\":\"thinking_delta\",\"thinking\":").string(text);
        endDelta();
    }

    /** The signature over the thinking so far, which ends here. */
    void signature(String signature) {
        open(Kind.THINKING);
        delta("{\"type\":\"signature_delta\",\"signature\":").string(signature);
        endDelta();
        close();
    }

    /** Thinking that only its provider can read. */
    void redacted(String data) {
        close();
        begin().ascii("{\"type\":\"redacted_thinking\",\"data\":").string(data).ascii("}");
        endBegin();
        end();
    }

    /** A block in this protocol's own spelling. */
    void whole(String block) {
        close();
        begin().append(Bytes.utf8(block));
        endBegin();
        end();
    }

    /** A tool's call begins. */
    void toolUse(String id, String name) {
        close();
        begin().ascii("{\"type\":\"tool_use\",\"id\":")
                .string(id)
                .ascii(",\"name\":")
                .string(name)
                .ascii(",\"input\":{}}");
        endBegin();
        open = Kind.TOOL_USE;
    }

    /** A piece of the arguments of the call that is open. */
    void input(JsonText json) {
        delta("{\"type\":\"input_json_delta\",\"partial_json\":").string(json);
        endDelta();
    }

    /** Ends the block that is open. */
    void close() {
        if (open != Kind.NONE) {
            end();
            open = Kind.NONE;
        }
    }

    private void open(Kind kind) {
        if (open == kind) {
            return;
        }
        close();
        begin().ascii(
                        kind == Kind.TEXT
                                ? "{\"type\":\"text\",\"text\":\"\"}"
                                : "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}");
        endBegin();
        open = kind;
    }

    private ByteBuilder begin() {
        index = Integer.toString(count++);
        return out.ascii("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":")
                .ascii(index)
                .ascii(",\"content_block\":");
    }

    private void endBegin() {
        out.ascii("}\n\n");
    }

    private ByteBuilder delta(String beginning) {
        return out.ascii("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":")
                .ascii(index)
                .ascii(",\"delta\":")
                .ascii(beginning);
    }

    private void endDelta() {
        out.ascii("}}\n\n");
    }

    private void end() {
        out.ascii("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":")
                .ascii(index)
                .ascii("}\n\n");
    }
}
