package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A request as a {@link ScriptedUpstream} received it, and what became of the connection it came on.
 *
 * <p>Immutable but for {@link #disconnected}; safe to share between threads.
 */
public final class RecordedRequest {
    private final MessageHead head;
    private final String[] startLine;
    private final byte[] body;
    private final int connection;
    private final int indexOnConnection;
    private final long arrivedAt;
    private final CompletableFuture<Long> disconnected;

    RecordedRequest(
            MessageHead head,
            byte[] body,
            int connection,
            int indexOnConnection,
            long arrivedAt,
            CompletableFuture<Long> disconnected) {
        this.head = head;
        this.startLine = (head.startLine() + "  ").split(" ", 3);
        this.body = body;
        this.connection = connection;
        this.indexOnConnection = indexOnConnection;
        this.arrivedAt = arrivedAt;
        this.disconnected = disconnected;
    }

    /** The method, as sent. */
    public String method() {
        return startLine[0];
    }

    /** The request target, query included, as sent. */
    public String target() {
        return startLine[1];
    }

    /** The headers in the order and the spelling they came in. */
    public List<Header> headers() {
        return head.headers();
    }

    /** The first value of a header, its name compared without regard to case. */
    public Optional<String> header(String name) {
        return Header.first(head.headers(), name);
    }

    /** A copy of the body, with any chunked framing taken off. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String bodyText() {
        return new String(body, UTF_8);
    }

    /** A copy of the exact bytes of the head, from the request line to the blank line. */
    public byte[] rawHead() {
        return head.raw();
    }

    /** The number of the connection this came on, counted from 1 in the order of accepting. */
    public int connection() {
        return connection;
    }

    /** The place of this request on its connection, from 1; more than 1 means the connection was used again. */
    public int indexOnConnection() {
        return indexOnConnection;
    }

    /** {@link System#nanoTime} when the upstream saw the first byte of this request. */
    public long arrivedAt() {
        return arrivedAt;
    }

    /**
     * Completes with {@link System#nanoTime} when the peer closes or resets the connection, during this exchange or
     * after it; exceptionally with {@link java.io.IOException} when the upstream closes the connection first.
     */
    public CompletableFuture<Long> disconnected() {
        return disconnected.copy();
    }

    /**
     * Waits for the peer to close or reset the connection.
     *
     * @return the time from this request's first byte to the close
     * @throws AssertionError if the peer does not close within the timeout, or the upstream closed first
     */
    public Duration awaitDisconnect(Duration timeout) {
        try {
            return Duration.ofNanos(disconnected.get(timeout.toNanos(), TimeUnit.NANOSECONDS) - arrivedAt);
        } catch (TimeoutException e) {
            throw new AssertionError("the peer of " + this + " did not close its connection within " + timeout, e);
        } catch (ExecutionException e) {
            throw new AssertionError("no disconnect to wait for on " + this + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the peer of " + this + " to close", e);
        }
    }

    private boolean says(String name, String value) {
        return Header.has(head.headers(), name, value);
    }

    /** Whether HTTP lets the peer send another request on this connection. */
    boolean keepsAlive() {
        boolean oldVersion = startLine[2].trim().equals("HTTP/1.0");
        return oldVersion ? says("connection", "keep-alive") : !says("connection", "close");
    }

    /** Names the request without headers or body, which may hold secrets. */
    @Override
    public String toString() {
        return method() + " " + target() + " (connection " + connection + ", request " + indexOnConnection + ")";
    }
}
