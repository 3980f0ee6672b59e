package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.util.function.Function;

/** Serves the requests of one connection, one after the other. */
final class UpstreamConnection {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1);

    private final Wire wire;
    private final int number;
    private final Function<RecordedRequest, Script> replies;
    private int served;

    UpstreamConnection(Wire wire, int number, Function<RecordedRequest, Script> replies) {
        this.wire = wire;
        this.number = number;
        this.replies = replies;
    }

    void serve() {
        try {
            boolean open = true;
            while (open && wire.input().awaitByte()) {
                open = serveOne();
            }
        } catch (IOException e) {
            // The connection broke; what the tests want to know of it is in Wire.disconnected.
        } finally {
            wire.close();
        }
    }

    private boolean serveOne() throws IOException {
        RecordedRequest request;
        try {
            request = readRequest();
        } catch (IOException e) {
            String problem = "the upstream cannot read this request: " + e.getMessage();
            new ScriptRun(OpenAiScripts.error(400, "testkit", "bad_request", problem), wire).run();
            return false;
        }
        return new ScriptRun(replies.apply(request), wire).run() && request.keepsAlive();
    }

    private RecordedRequest readRequest() throws IOException {
        long arrivedAt = System.nanoTime();
        var head = MessageHead.read(wire.input());
        if (Header.has(head.headers(), "expect", "100-continue")) {
            wire.write(CONTINUE, 0, CONTINUE.length);
        }
        var body = BodyInput.ofRequest(wire.input(), head.headers());
        byte[] bytes = body.readAll();
        if (!body.clean()) {
            throw new EOFException("its body is not whole: " + body.end());
        }
        served++;
        return new RecordedRequest(head, bytes, number, served, arrivedAt, wire.disconnected());
    }
}
