package dev.thalweg.core.stream;

import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.JsonText;
import java.util.Optional;

/**
 * The text a stream has given so far, kept so that another deployment can go on from it if the stream breaks. It gives up on
 * whatever cannot be gone on from: a tool call, a second choice, an answer that has finished, no room. Not thread-safe.
 */
public final class SpokenText {
    private final HeldBytes room;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder frame = new StringBuilder();
    private String id = "";
    private boolean only = true;
    private int held;

    /** No text yet. */
    public SpokenText(HeldBytes room) {
        this.room = room;
    }

    void id(JsonText said) {
        if (id.isEmpty()) {
            id = said.decode();
        }
    }

    void text(int choice, JsonText piece) {
        if (choice != 0) {
            other();
        } else if (only) {
            frame.append(piece.decode());
        }
    }

    /** The frame is whole, so that its text has been passed on. */
    void frameEnds() {
        if (only && !frame.isEmpty()) {
            int bytes = 2 * frame.length();
            if (room.take(bytes)) {
                held += bytes;
                text.append(frame);
            } else {
                other();
            }
        }
        frame.setLength(0);
    }

    /** Something came that is not text. */
    void other() {
        only = false;
        close();
    }

    /** All of it; empty where nothing can go on from here. */
    public Optional<String> text() {
        return only && !text.isEmpty() ? Optional.of(text.toString()) : Optional.empty();
    }

    /** The id of the answer it belongs to; empty where none was said. */
    public String id() {
        return id;
    }

    /** Another attempt begins. Its text is the first, or follows on what is kept. */
    public void attempt(boolean first) {
        frame.setLength(0);
        if (first) {
            only = true;
            id = "";
            close();
        }
    }

    /** Gives its room back. */
    public void close() {
        room.give(held);
        held = 0;
        text.setLength(0);
    }
}
