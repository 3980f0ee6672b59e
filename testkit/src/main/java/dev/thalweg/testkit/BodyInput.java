package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Takes the framing off one message body and says how the body ended. */
final class BodyInput {
    private static final int MAX_LINE = 64 * 1024;

    private enum Mode {
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE,
        ENDED
    }

    private final InputStream wire;
    private Mode mode;
    private long remaining;
    private boolean clean;
    private String end = "";

    private BodyInput(InputStream wire, Mode mode, long remaining) {
        this.wire = wire;
        this.mode = mode;
        this.remaining = remaining;
    }

    static BodyInput none(InputStream wire) {
        var body = new BodyInput(wire, Mode.LENGTH, 0);
        body.finish(true, "no body");
        return body;
    }

    /** The body of a request: none unless a header announces one. */
    static BodyInput ofRequest(InputStream wire, List<Header> headers) throws IOException {
        boolean announced = Header.first(headers, "transfer-encoding").isPresent()
                || Header.first(headers, "content-length").isPresent();
        return announced ? ofResponse(wire, headers) : none(wire);
    }

    /** The body of a response that has one: it lasts until the connection closes unless a header says otherwise. */
    static BodyInput ofResponse(InputStream wire, List<Header> headers) throws IOException {
        if (Header.has(headers, "transfer-encoding", "chunked")) {
            return new BodyInput(wire, Mode.CHUNKED, 0);
        }
        var length = Header.first(headers, "content-length");
        if (length.isEmpty()) {
            return new BodyInput(wire, Mode.UNTIL_CLOSE, 0);
        }
        try {
            return new BodyInput(wire, Mode.LENGTH, Long.parseLong(length.get()));
        } catch (NumberFormatException e) {
            throw new IOException("Content-Length is not a number: " + Json.quote(length.get()), e);
        }
    }

    /** Reads some body bytes; -1 once the body has ended, cleanly or not. */
    int read(byte[] into) throws IOException {
        try {
            return switch (mode) {
                case LENGTH -> readLength(into);
                case CHUNKED -> readChunked(into);
                case UNTIL_CLOSE -> {
                    int count = wire.read(into);
                    yield count < 0 ? finish(true, "the connection closed") : count;
                }
                case ENDED -> -1;
            };
        } catch (IOException e) {
            return finish(false, "the connection broke: " + e.getMessage());
        }
    }

    byte[] readAll() throws IOException {
        var all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int count = read(buffer); count >= 0; count = read(buffer)) {
            all.write(buffer, 0, count);
        }
        return all.toByteArray();
    }

    private int readLength(byte[] into) throws IOException {
        if (remaining <= 0) {
            return finish(true, "Content-Length reached");
        }
        int count = readData(into);
        return count < 0 ? finish(false, "closed with " + remaining + " bytes of Content-Length missing") : count;
    }

    private int readChunked(byte[] into) throws IOException {
        if (remaining == 0) {
            String line = readLine();
            try {
                remaining = Long.parseLong(line.split(";", 2)[0].trim(), 16);
            } catch (NumberFormatException e) {
                return finish(false, "not a chunk size: " + Json.quote(line));
            }
            if (remaining == 0) {
                while (!readLine().isEmpty()) {
                    // trailers carry nothing a test has asked for
                }
                return finish(true, "last chunk");
            }
        }
        int count = readData(into);
        if (count < 0) {
            return finish(false, "closed with " + remaining + " bytes of a chunk missing");
        }
        if (remaining == 0 && !readLine().isEmpty()) {
            // These bytes belong to the chunk as declared; what follows cannot be read.
            finish(false, "a chunk is longer than its declared size");
        }
        return count;
    }

    private int readData(byte[] into) throws IOException {
        int count = wire.read(into, 0, (int) Math.min(into.length, remaining));
        if (count > 0) {
            remaining -= count;
        }
        return count;
    }

    private String readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        while (line.size() < MAX_LINE) {
            int next = wire.read();
            if (next < 0) {
                throw new IOException("closed before the last chunk");
            }
            if (next == '\n') {
                String text = line.toString(ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
        }
        throw new IOException("a chunk line longer than " + MAX_LINE + " bytes");
    }

    private int finish(boolean cleanly, String how) {
        mode = Mode.ENDED;
        clean = cleanly;
        end = how;
        return -1;
    }

    boolean ended() {
        return mode == Mode.ENDED;
    }

    boolean clean() {
        return clean;
    }

    String end() {
        return end;
    }
}
