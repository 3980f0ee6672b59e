package dev.thalweg;

import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.LoopLimits;
import java.util.Iterator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a stream of kept chunks is to know besides them. What is not set is not known. Not thread-safe.
 *
 * @see ChatStream#replay(Iterator)
 */
public final class Replay {
    private final Iterator<ChatChunk> chunks;
    private String model = "unknown";
    private String provider = "replay";
    private String callId = UUID.randomUUID().toString();
    private @Nullable ChatRequest request;
    private boolean opened;
    private Listeners listeners = Listeners.NONE;
    private LoopLimits loopLimits = LoopLimits.defaults();

    Replay(Iterator<ChatChunk> chunks) {
        this.chunks = chunks;
    }

    /** Sets the model, for errors and the listener. */
    public Replay model(String value) {
        model = value;
        return this;
    }

    /** Sets where the chunks come from, {@code cached_response} for example, for errors and the listener. */
    public Replay provider(String value) {
        provider = value;
        return this;
    }

    /** Sets the call's id, for the listener. Default: a random one. */
    public Replay callId(String value) {
        callId = value;
        return this;
    }

    /** Sets the question the chunks answer: with it, usage can be estimated where they have none. */
    public Replay request(ChatRequest value) {
        request = value;
        model = value.model();
        return this;
    }

    /** Adds somebody who is told of the chunks and the end. */
    public Replay listener(CallListener value) {
        listeners = listeners.plus(value);
        return this;
    }

    /** As {@link Thalweg.Builder#repeatedChunkLimit}. */
    public Replay repeatedChunkLimit(int value) {
        loopLimits = LoopLimits.of(value);
        return this;
    }

    /** As {@link Thalweg.Builder#loopLimits}. */
    public Replay loopLimits(LoopLimits value) {
        loopLimits = value;
        return this;
    }

    /**
     * The stream. The first chunk is asked for when it is read. Closing the stream neither closes the iterator nor wakes it
     * where it blocks; a stream that is neither read to its end nor closed never tells its listener the end.
     *
     * @throws IllegalStateException the second time: the chunks are there once
     */
    public ChatStream open() {
        if (opened) {
            throw new IllegalStateException("This replay was opened before: its chunks are gone. Make another one.");
        }
        opened = true;
        Answer answer = new Answer(request);
        AnswerSource source = new ReplaySource(chunks, Failures.of(provider, model), loopLimits, answer);
        CallLog log = CallLog.replay(listeners, callId, model, request, provider);
        return new ChatStream(log.follow(source));
    }
}
