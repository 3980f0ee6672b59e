package dev.thalweg.gateway;

/** Why it cannot be said where a request would go, in words for whoever asked. */
final class RouteProblem extends Exception {
    private static final long serialVersionUID = 1L;

    RouteProblem(String message) {
        super(message);
    }

    /** The words. */
    String text() {
        return String.valueOf(getMessage());
    }
}
