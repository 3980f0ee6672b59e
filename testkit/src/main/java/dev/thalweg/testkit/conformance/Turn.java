package dev.thalweg.testkit.conformance;

import java.util.List;

/** One turn of a conversation, in no protocol's words. Immutable. */
public sealed interface Turn {
    /**
     * How the model should behave.
     *
     * @param text the words
     * @param developer whether a caller says it under the name of the developer
     */
    record Instruction(String text, boolean developer) implements Turn {}

    /**
     * What the user says and shows.
     *
     * @param pieces in order
     */
    record User(List<Piece> pieces) implements Turn {
        public User {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * What the model said earlier.
     *
     * @param reasoning what it thought
     * @param text what it said
     * @param calls the tools it called
     */
    record Assistant(List<Reasoned> reasoning, String text, List<ToolCall> calls) implements Turn {
        public Assistant {
            reasoning = List.copyOf(reasoning);
            calls = List.copyOf(calls);
        }
    }

    /**
     * What a tool gave back.
     *
     * @param callId the id of the call
     * @param text the result
     * @param failed whether the tool failed
     */
    record Result(String callId, String text, boolean failed) implements Turn {}

    /**
     * An earlier answer as a client of the caller's protocol keeps it: never received by an upstream.
     *
     * @param json the protocol's own JSON: a message, or a list of items
     */
    record Kept(String json) implements Turn {}

    /** Something in a user's turn. */
    sealed interface Piece {}

    /**
     * Words.
     *
     * @param text the words
     */
    record Words(String text) implements Piece {}

    /**
     * An image somewhere.
     *
     * @param url where
     */
    record ImageUrl(String url) implements Piece {}

    /**
     * An image itself.
     *
     * @param mediaType {@code image/png} for example
     * @param base64 its bytes
     */
    record ImageData(String mediaType, String base64) implements Piece {}

    /**
     * A PDF.
     *
     * @param base64 its bytes
     */
    record Pdf(String base64) implements Piece {}

    /** A user who says this. */
    static User user(String text) {
        return new User(List.of(new Words(text)));
    }
}
