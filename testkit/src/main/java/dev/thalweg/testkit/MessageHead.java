package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The start line and headers of a request or a response, with the exact bytes they came in. */
final class MessageHead {
    private static final int MAX_BYTES = 1 << 20;

    private final byte[] raw;
    private final String startLine;
    private final List<Header> headers;

    private MessageHead(byte[] raw) {
        this.raw = raw;
        List<String> lines = new String(raw, ISO_8859_1).strip().lines().toList();
        startLine = lines.isEmpty() ? "" : lines.getFirst();
        headers = lines.stream().skip(1).map(Header::parse).toList();
    }

    /** Reads up to and including the blank line that ends the head. */
    static MessageHead read(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream(512);
        int lineLength = 0;
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended inside a head, after " + quoted(bytes));
            }
            bytes.write(next);
            if (next == '\n') {
                if (lineLength == 0 && !isBlank(bytes)) {
                    return new MessageHead(bytes.toByteArray());
                }
                lineLength = 0;
            } else if (next != '\r') {
                lineLength++;
            }
            if (bytes.size() > MAX_BYTES) {
                throw new IOException("a head longer than " + MAX_BYTES + " bytes");
            }
        }
    }

    /** Blank lines before a start line are allowed and skipped (RFC 9112, 2.2). */
    private static boolean isBlank(ByteArrayOutputStream bytes) {
        return bytes.size() <= 4 && bytes.toString(ISO_8859_1).isBlank();
    }

    private static String quoted(ByteArrayOutputStream bytes) {
        return Json.quote(bytes.toString(ISO_8859_1));
    }

    byte[] raw() {
        return raw.clone();
    }

    String startLine() {
        return startLine;
    }

    List<Header> headers() {
        return headers;
    }
}
