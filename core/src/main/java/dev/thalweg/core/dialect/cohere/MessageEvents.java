package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonText;

/** Writes what a streamed message consists of, as events: one block or call is open at a time; each kind has its own numbers. */
final class MessageEvents {
    private enum Kind {
        NONE,
        TEXT,
        THINKING,
        CALL
    }

    private final ByteBuilder out;
    private Kind open = Kind.NONE;
    private int blocks;
    private int calls;
    private int citations;
    private String index = "";

    MessageEvents(ByteBuilder out) {
        this.out = out;
    }

    /** A piece of text. */
    void text(JsonText text) {
        open(Kind.TEXT);
        delta("content-delta", "\"content\":{\"text\":").string(text).ascii("}}}}\n\n");
    }

    /** A piece of thinking. */
    void thinking(JsonText text) {
        open(Kind.THINKING);
        delta("content-delta", "\"content\":{\"thinking\":").string(text).ascii("}}}}\n\n");
    }

    /**
     * What its provider wants back with the thinking, which ends here.
     *
     * @param name {@code signature} over its words; {@code data}, which only the provider can read
     */
    void proof(String name, String value) {
        if (name.equals("data")) {
            close();
        }
        open(Kind.THINKING);
        delta("content-delta", "\"content\":{\"thinking\":\"\",\"").ascii(name).ascii("\":");
        out.string(value).ascii("}}}}\n\n");
        close();
    }

    /** How probable a token of the text was. */
    void logprobs(ByteBuilder item) {
        open(Kind.TEXT);
        delta("content-delta", "\"content\":{\"text\":\"\"}}},\"logprobs\":");
        out.append(item.array(), 0, item.length()).ascii("}\n\n");
    }

    /** What the text cites. */
    void citation(ByteBuilder citation) {
        if (open == Kind.CALL) {
            close();
        }
        String at = Integer.toString(citations++);
        event("citation-start", at).ascii(",\"delta\":{\"message\":{\"citations\":");
        out.append(citation.array(), 0, citation.length()).ascii("}}}\n\n");
        event("citation-end", at).ascii("}\n\n");
    }

    /** A call begins. */
    void call(String id, String name) {
        close();
        open = Kind.CALL;
        index = Integer.toString(calls++);
        delta("tool-call-start", "\"tool_calls\":{\"id\":").string(id);
        out.ascii(",\"type\":\"function\",\"function\":{\"name\":").string(name).ascii(",\"arguments\":\"\"}}}}}\n\n");
    }

    /** A piece of the arguments of the call that is open. */
    void arguments(JsonText json) {
        delta("tool-call-delta", "\"tool_calls\":{\"function\":{\"arguments\":")
                .string(json)
                .ascii("}}}}}\n\n");
    }

    /** What is open is complete. */
    void close() {
        if (open != Kind.NONE) {
            event(open == Kind.CALL ? "tool-call-end" : "content-end", index).ascii("}\n\n");
            open = Kind.NONE;
        }
    }

    private void open(Kind kind) {
        if (open == kind) {
            return;
        }
        close();
        open = kind;
        index = Integer.toString(blocks++);
        String word = kind == Kind.TEXT ? "text" : "thinking";
        delta("content-start", "\"content\":{\"type\":\"")
                .ascii(word)
                .ascii("\",\"")
                .ascii(word)
                .ascii("\":\"\"}}}}\n\n");
    }

    private ByteBuilder delta(String type, String member) {
        return event(type, index).ascii(",\"delta\":{\"message\":{").ascii(member);
    }

    /** Begins an event, whose object is left open. */
    private ByteBuilder event(String type, String at) {
        return out.ascii("event: ")
                .ascii(type)
                .ascii("\ndata: {\"type\":\"")
                .ascii(type)
                .ascii("\",\"index\":")
                .ascii(at);
    }
}
