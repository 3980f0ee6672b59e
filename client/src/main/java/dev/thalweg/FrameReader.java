package dev.thalweg;

import dev.thalweg.core.dialect.BothSinks;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.BlockReader;
import dev.thalweg.core.wire.BrokenFrameException;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.EventTooLargeException;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.RawJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes chunks of the bytes of an answer: one for each event of a stream, one for a whole JSON document. It knows how
 * the answer ended as soon as that is known. Not thread-safe.
 *
 * <pre>{@code
 * reader.feed(bytes, length);
 * while ((chunk = reader.next()) != null) { ... }
 * if (reader.end() != null) { ... }
 * }</pre>
 */
final class FrameReader {
    private static final int MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;

    private final Dialect dialect;
    private final @Nullable BlockReader events;
    private final ByteBuilder document = new ByteBuilder(0);
    private final boolean declaredStream;
    private final EventReader reader;
    private final EventCollector collector = new EventCollector();
    private final StreamObserver observer;
    private final BothSinks sinks;
    private int blocks;
    private int frames;
    private boolean whole;
    private boolean bodyEnded;
    private boolean cleanEnd;
    private @Nullable StreamEnd end;
    private ErrorBody error = ErrorBody.ofText("");
    private String offending = "";

    /**
     * A reader for one answer.
     *
     * @param dialect the protocol it is in
     * @param framing how the protocol's events are framed
     * @param contentType what the answer says it is
     * @param stream whether a stream was asked for: it decides where the content type does not
     */
    FrameReader(Dialect dialect, Framing framing, String contentType, boolean stream, Options options) {
        this.dialect = dialect;
        reader = dialect.eventReader();
        boolean sse = contentType.contains("event-stream");
        declaredStream = sse || contentType.contains("eventstream") || contentType.contains("ndjson");
        boolean isStream = declaredStream || (stream && (framing != Framing.SSE || !contentType.contains("json")));
        Framing its = sse ? Framing.SSE : framing;
        events = isStream ? its.reader(options.maxEventBytes(), options.heldBytes()) : null;
        observer = new StreamObserver(options.loopLimits());
        sinks = new BothSinks(collector, observer);
    }

    /** Gives it the next bytes; the array is used until {@link #next()} gives null. */
    void feed(byte[] array, int length) {
        if (events != null) {
            events.feed(array, 0, length);
            return;
        }
        blocks++;
        if (document.length() + length > MAX_DOCUMENT_BYTES) {
            end = StreamEnd.TOO_LARGE;
        } else {
            document.append(array, 0, length);
        }
    }

    /** Says that the body has ended. A chunk may still come of it. */
    void endOfBody(boolean clean) {
        bodyEnded = true;
        cleanEnd = clean;
    }

    /** The next chunk; null where more bytes are needed or the answer has ended. */
    @Nullable
    ChatChunk next() {
        if (end != null) {
            return null;
        }
        try {
            return events == null ? nextOfDocument() : nextOfStream(events);
        } catch (JsonSyntaxException | BrokenFrameException e) {
            end = bodyEnded && !cleanEnd ? StreamEnd.CUT : StreamEnd.PROTOCOL_ERROR;
        } catch (EventTooLargeException e) {
            end = StreamEnd.TOO_LARGE;
        }
        return null;
    }

    private @Nullable ChatChunk nextOfStream(BlockReader source) {
        while (end == null && source.next()) {
            ChatChunk chunk = block(source.block());
            if (chunk != null) {
                return chunk;
            }
        }
        if (bodyEnded && end == null) {
            return lastOfStream(source);
        }
        return null;
    }

    /** The last event may lack its blank line: it counts if it is whole. */
    private @Nullable ChatChunk lastOfStream(BlockReader source) {
        ChatChunk chunk = null;
        if (source.finish()) {
            try {
                chunk = block(source.block());
            } catch (JsonSyntaxException e) {
                end = source.block().bare() && cleanEnd ? StreamEnd.PROTOCOL_ERROR : StreamEnd.CUT;
            }
        }
        if (end == null) {
            boolean notAStream = frames == 0 && cleanEnd && !declaredStream;
            end = notAStream ? StreamEnd.PROTOCOL_ERROR : unended();
        }
        return chunk;
    }

    /** Only where the end need not be said can an answer be whole without it. */
    private StreamEnd unended() {
        StreamEnd seen = observer.end(cleanEnd, false);
        return reader.mayLackItsEnd() || seen == StreamEnd.LOOP ? seen : StreamEnd.CUT;
    }

    private @Nullable ChatChunk block(EventBlock block) {
        blocks++;
        boolean foreignEnd = block.isDone() && !reader.mayLackItsEnd(); // some servers add it to every protocol
        if (!block.hasData() || block.isBlank() || foreignEnd) {
            return null;
        }
        if (block.bare() && block.dataArray()[block.dataStart()] != '[') {
            return document(block.dataArray(), block.dataStart(), block.dataLength());
        }
        frames++;
        String text = text(block.dataArray(), block.dataStart(), block.dataLength());
        EventReader.Kind kind = read(block, text);
        if (kind == EventReader.Kind.ERROR) {
            return failed(reader.error(), text);
        }
        if (observer.stopped()) {
            end = observer.end(false, false);
            return null;
        }
        if (kind == EventReader.Kind.END) {
            end = observer.end(true, true);
            return block.isDone() ? null : collector.takeChunk(new RawJson(text));
        }
        return collector.takeChunk(new RawJson(text));
    }

    private EventReader.Kind read(EventBlock block, String text) {
        try {
            return reader.read(block, sinks);
        } catch (JsonSyntaxException e) {
            offending = text;
            throw e;
        }
    }

    private @Nullable ChatChunk nextOfDocument() {
        if (!bodyEnded) {
            return null;
        }
        if (!cleanEnd) {
            end = StreamEnd.CUT;
            return null;
        }
        return document(document.array(), 0, document.length());
    }

    /** The chunk of the one frame that is the whole answer. */
    private @Nullable ChatChunk document(byte[] array, int offset, int length) {
        frames++;
        String text = text(array, offset, length);
        ErrorBody reported;
        try {
            reported = dialect.readAnswer(array, offset, length, sinks);
        } catch (JsonSyntaxException e) {
            offending = text;
            throw e;
        }
        if (reported != null) {
            return failed(reported, text);
        }
        // Only a stream can run in a loop, and only OpenAI's reader says itself what is no answer.
        boolean answer = reader.mayLackItsEnd() || answering();
        whole = answer && !observer.tooManyChoices();
        end = whole ? StreamEnd.COMPLETE : StreamEnd.PROTOCOL_ERROR;
        return whole ? collector.takeChunk(new RawJson(text)) : null;
    }

    private @Nullable ChatChunk failed(ErrorBody reported, String text) {
        error = reported;
        offending = text;
        end = StreamEnd.UPSTREAM_ERROR;
        return null;
    }

    private static String text(byte[] array, int offset, int length) {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /** How the answer ended; null as long as it has not. */
    @Nullable
    StreamEnd end() {
        return end;
    }

    /** How many signs of life have come: events and comments of a stream, pieces of a document. */
    int blocks() {
        return blocks;
    }

    /** Whether the answer itself has begun: content, or a finish without any. */
    boolean answering() {
        return observer.hasContent() || observer.finishReason().isPresent();
    }

    /** Whether the answer came as one whole completion, which the last chunk carries, and not as a stream. */
    boolean whole() {
        return whole;
    }

    /** Whether bytes may still come that nobody needs. */
    boolean bodyEnded() {
        return bodyEnded;
    }

    /** What the upstream said, after the end {@code UPSTREAM_ERROR}. */
    ErrorBody error() {
        return error;
    }

    /** What the model repeated, after the end {@code LOOP}. */
    String loop() {
        return observer.loop().orElse("");
    }

    /** The frame that ended the answer, where one did; else empty. */
    String offending() {
        return offending;
    }

    /** Gives back what it holds. */
    void close() {
        if (events != null) {
            events.close();
        }
    }
}
