package dev.thalweg.testkit.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.testkit.Header;
import dev.thalweg.testkit.RawClient;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An HTTP answer as it came.
 *
 * @param status the status
 * @param headers the headers
 * @param body the whole body, without its framing; of binary frames, a character for each byte
 * @param clean whether the body ended as its framing says
 */
public record Answer(int status, List<Header> headers, String body, boolean clean) {
    private static final String FRAMES = "application/vnd.amazon.eventstream";

    /** Sends the request to this port of 127.0.0.1 and reads the answer to its end. */
    static Answer to(Call call, int port) {
        try (RawClient client = RawClient.connect(port)) {
            client.post(call.path(), call.headers(), call.body());
            RawClient.Head head = client.readHead();
            RawClient.Body body = client.readBody();
            boolean frames = head.header("content-type").orElse("").startsWith(FRAMES);
            String text = new String(body.bytes(), frames ? ISO_8859_1 : UTF_8);
            return new Answer(head.status(), head.headers(), text, body.clean());
        }
    }

    /** The first value of a header, its name compared without regard to case; empty where there is none. */
    String header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    /** The events; checks that it is an event stream. */
    Sse events() {
        Malformed.unless(status == 200, "status 200 of a stream", status + " " + body);
        Malformed.unless(
                header("content-type").startsWith("text/event-stream"),
                "an event stream",
                "Content-Type: " + header("content-type"));
        Malformed.unless(header("content-length").isEmpty(), "a stream without Content-Length", headers);
        return Sse.parse(body);
    }

    /** The bytes of AWS's frames; checks that it is a stream of them. */
    byte[] frames() {
        Malformed.unless(status == 200, "status 200 of a stream", status + " " + body);
        Malformed.unless(
                header("content-type").startsWith(FRAMES), "frames", "Content-Type: " + header("content-type"));
        return body.getBytes(ISO_8859_1);
    }

    /** The objects of a stream that has one a line; of a line that was cut, nothing. */
    List<JsonNode> lines() {
        Malformed.unless(status == 200, "status 200 of a stream", status + " " + body);
        Malformed.unless(
                header("content-type").startsWith("application/x-ndjson"),
                "JSON lines",
                "Content-Type: " + header("content-type"));
        Malformed.unless(header("content-length").isEmpty(), "a stream without Content-Length", headers);
        String whole = body.substring(0, body.lastIndexOf('\n') + 1);
        return whole.lines().filter(line -> !line.isBlank()).map(Nodes::read).toList();
    }

    /** The JSON document of a whole answer or an error. */
    JsonNode json() {
        Malformed.unless(
                header("content-type").startsWith("application/json"),
                "JSON",
                "Content-Type: " + header("content-type"));
        Malformed.unless(clean, "a body that is whole", body);
        return Nodes.read(body);
    }
}
