package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/**
 * An HTTP/1.1 client on one raw socket, for tests of a server: it sends any bytes and sees exactly what comes back.
 *
 * <p>Every read has a deadline, 10 seconds unless {@link #timeout} says otherwise, and throws {@link AssertionError} when
 * it passes. A connection that breaks while sending is an {@link UncheckedIOException}. For use by one thread at a time,
 * except that {@link #close} and {@link #closeNow} may come from any thread. The test that connects it closes it.
 */
public final class RawClient implements AutoCloseable {
    private final Socket raw;
    private final Socket socket;
    private final TimedInput input;
    private BodyBuffer body;

    private RawClient(Socket raw, Socket socket) throws IOException {
        this.raw = raw;
        this.socket = socket;
        this.input = new TimedInput(socket);
        this.body = new BodyBuffer(BodyInput.none(input));
    }

    /** Connects to a port of 127.0.0.1. */
    public static RawClient connect(int port) {
        try {
            Socket socket = open(port);
            return new RawClient(socket, socket);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + Loopback.HOST + ":" + port, e);
        }
    }

    /** Connects to a port of 127.0.0.1 with TLS; the name in the certificate is not checked. */
    public static RawClient connectTls(int port, SSLContext context) {
        try {
            Socket socket = open(port);
            return new RawClient(socket, context.getSocketFactory().createSocket(socket, Loopback.HOST, port, true));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + Loopback.HOST + ":" + port, e);
        }
    }

    private static Socket open(int port) throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(Loopback.address(), port), 10_000);
        return socket;
    }

    /** Sets the time each read operation may take. */
    public RawClient timeout(Duration timeout) {
        input.timeout(timeout);
        return this;
    }

    /** Sends exactly these bytes. */
    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send " + bytes.length + " bytes", e);
        }
    }

    /** Sends this text in UTF-8, with the line ends it has. */
    public RawClient send(String text) {
        return send(text.getBytes(UTF_8));
    }

    /** Sends a GET with these headers, and {@code Host}. */
    public RawClient get(String path, Map<String, String> headers) {
        return send(head("GET", path, headers));
    }

    /** Sends a POST with these headers, {@code Host}, {@code Content-Length}, and JSON as its type unless given. */
    public RawClient post(String path, Map<String, String> headers, String body) {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.put("Content-Type", "application/json");
        all.put("Content-Length", Integer.toString(body.getBytes(UTF_8).length));
        all.putAll(headers);
        return send(head("POST", path, all) + body);
    }

    private String head(String method, String path, Map<String, String> headers) {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        if (headers.keySet().stream().noneMatch("host"::equalsIgnoreCase)) {
            head.append("Host: ")
                    .append(Loopback.HOST)
                    .append(':')
                    .append(raw.getPort())
                    .append("\r\n");
        }
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    /**
     * Reads status and headers of the next response, also an interim one such as 100. The body of the response before it
     * has to be read by then.
     */
    public Head readHead() {
        input.begin();
        try {
            var head = MessageHead.read(input);
            if (!head.startLine().matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
                throw new AssertionError("expected a status line but got " + Json.quote(head.startLine()));
            }
            int status = Integer.parseInt(head.startLine().substring(9, 12));
            boolean bodyless = status < 200 || status == 204 || status == 304;
            body = new BodyBuffer(bodyless ? BodyInput.none(input) : BodyInput.ofResponse(input, head.headers()));
            return new Head(status, head.startLine(), head.headers());
        } catch (IOException e) {
            throw new AssertionError("expected the head of a response but " + e.getMessage(), e);
        }
    }

    /**
     * Reads the body, without its framing, up to and including this text.
     *
     * @throws AssertionError if the body ends before it comes
     */
    public String readUntil(String marker) {
        byte[] wanted = marker.getBytes(UTF_8);
        input.begin();
        int end = body.endOf(wanted);
        while (end < 0) {
            if (!pull()) {
                throw new AssertionError("the body ended (" + body.body().end() + ") before " + Json.quote(marker)
                        + " came; it went on with " + Json.quote(new String(body.takeAll(), UTF_8)));
            }
            end = body.endOf(wanted);
        }
        return new String(body.take(end), UTF_8);
    }

    /** Reads the rest of the body, and how it ended. A broken end is a result, not an error. */
    public Body readBody() {
        input.begin();
        while (pull()) {
            // until the body ends
        }
        return new Body(body.takeAll(), body.body().clean(), body.body().end());
    }

    /** Reads the next event that has data, past comments; empty when the body has ended. */
    public Optional<Event> readEvent() {
        input.begin();
        Optional<Event> next = nextBlock();
        while (next.isPresent() && !SseBlock.hasData(next.get().raw())) {
            next = nextBlock();
        }
        return next;
    }

    /**
     * Reads the next block of an event stream, comments included; empty when the body has ended. What is left without a
     * blank line at the end of the body is a block too.
     */
    public Optional<Event> readBlock() {
        input.begin();
        return nextBlock();
    }

    private Optional<Event> nextBlock() {
        while (true) {
            int end = body.endOfBlock();
            boolean more = end >= 0 || pull();
            if (end < 0 && more) {
                continue;
            }
            String block = new String(end >= 0 ? body.take(end) : body.takeAll(), UTF_8);
            if (!block.isBlank()) {
                return Optional.of(Event.parse(block));
            }
            if (!more) {
                return Optional.empty();
            }
        }
    }

    private boolean pull() {
        try {
            return body.pull();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the body", e);
        }
    }

    /**
     * Waits until the server closes the connection.
     *
     * @return true for an orderly close (FIN), false for a reset
     * @throws AssertionError if it stays open, or sends another byte
     */
    public boolean awaitClose() {
        input.begin();
        try {
            int next = input.read();
            if (next >= 0) {
                throw new AssertionError("expected the server to close but it sent byte " + next);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Closes the sending half only (FIN): the server sees the end of input, and what it sends can still be read. */
    public RawClient shutdownOutput() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the sending half", e);
        }
    }

    /** Resets the connection (RST), as a client does that was killed; nothing happens if it is closed already. */
    public void closeNow() {
        if (raw.isClosed()) {
            return;
        }
        try {
            raw.setSoLinger(true, 0);
            raw.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reset the connection", e);
        }
    }

    /** Closes the connection (FIN). Where bytes from the server lie unread, the system may follow with a reset. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the connection", e);
        }
    }

    /**
     * The head of a response.
     *
     * @param status the status code
     * @param statusLine the status line as it came
     * @param headers the headers in the order they came
     */
    public record Head(int status, String statusLine, List<Header> headers) {
        /** The first value of a header, its name compared without regard to case. */
        public Optional<String> header(String name) {
            return Header.first(headers, name);
        }
    }

    /**
     * The rest of a body.
     *
     * @param bytes the body without its framing
     * @param clean whether it ended as its framing says: all of Content-Length, the last chunk, or FIN without either
     * @param end how it ended, in words
     */
    @SuppressWarnings("ArrayRecordComponent") // handed to one test, never compared
    public record Body(byte[] bytes, boolean clean, String end) {
        /** The bytes as UTF-8. */
        public String text() {
            return new String(bytes, UTF_8);
        }
    }

    /**
     * One block of an event stream.
     *
     * @param name the event's name, empty when it has none
     * @param data its data lines, joined with LF; empty when it has none
     * @param raw the block as it came, with the blank line that ended it
     */
    public record Event(String name, String data, String raw) {
        static Event parse(String raw) {
            return SseBlock.parse(raw);
        }
    }
}
