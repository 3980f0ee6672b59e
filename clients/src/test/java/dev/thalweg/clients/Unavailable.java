package dev.thalweg.clients;

/** This machine lacks what a client needs: its tests are skipped, and the build says so. */
final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unavailable(String reason) {
        super(reason);
    }
}
