package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.responses.ResponseEventWriter;
import org.jspecify.annotations.Nullable;

/**
 * What of a stream is out: an error in the middle of it goes on from there.
 *
 * @param writer wrote it; null where it was passed on as it came
 * @param passed how many events were
 * @param id the id of the answer they belong to; empty where none was said
 */
record SoFar(@Nullable EventWriter writer, int passed, String id) {
    /** Nothing yet. */
    static final SoFar NOTHING = new SoFar(null, 0, "");

    /** The id of the response that it is, as its caller knows it; empty as long as he does not. */
    String responseId() {
        return writer instanceof ResponseEventWriter responses ? responses.responseId() : id;
    }
}
