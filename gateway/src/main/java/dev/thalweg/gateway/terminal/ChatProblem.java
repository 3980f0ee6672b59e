package dev.thalweg.gateway.terminal;

/** Why a chat cannot begin, in words for its user. */
final class ChatProblem extends Exception {
    private static final long serialVersionUID = 1L;

    ChatProblem(String message) {
        super(message);
    }

    /** The words. */
    String text() {
        return String.valueOf(getMessage());
    }
}
