package dev.thalweg.testkit;

import java.util.List;

/**
 * What a {@link ScriptedUpstream} does with one request: a head, and then steps in order.
 *
 * <p>Immutable, safe to share between threads and to use for any number of requests. The shortest scripts are here;
 * everything else is said with the {@link ScriptBuilder} that {@link #status}, {@link #sse} and {@link #raw} return.
 *
 * @param statusLine the status line without its line end
 * @param headerLines header lines without line ends, in the order sent, before the ones that {@code framing} adds
 * @param framing how the body's end is shown
 * @param steps what is done, in order
 */
public record Script(String statusLine, List<String> headerLines, Framing framing, List<Step> steps) {
    /** Copies the lists. */
    public Script {
        headerLines = List.copyOf(headerLines);
        steps = List.copyOf(steps);
    }

    /** Begins a response with this status and {@link Framing#LENGTH}. */
    public static ScriptBuilder status(int status) {
        return new ScriptBuilder("HTTP/1.1 " + status + " " + reason(status), Framing.LENGTH);
    }

    /** Begins an event stream: 200, {@code text/event-stream} and {@link Framing#CHUNKED}. */
    public static ScriptBuilder sse() {
        return status(200)
                .framing(Framing.CHUNKED)
                .header("Content-Type", "text/event-stream; charset=utf-8")
                .header("Cache-Control", "no-cache");
    }

    /** Begins a stream of AWS's frames: 200, {@code application/vnd.amazon.eventstream} and {@link Framing#CHUNKED}. */
    public static ScriptBuilder awsFrames() {
        return status(200)
                .framing(Framing.CHUNKED)
                .header("Content-Type", "application/vnd.amazon.eventstream")
                .header("x-amzn-RequestId", "6f1c0e0e-7e5e-4c3e-9d53-0b5a5c0c1f10");
    }

    /** Begins a response without head or framing: the script writes every byte. */
    public static ScriptBuilder raw() {
        return new ScriptBuilder("", Framing.RAW);
    }

    /** A whole JSON response, {@code application/json} with its length. */
    public static Script json(int status, String body) {
        return status(status)
                .header("Content-Type", "application/json")
                .text(body)
                .build();
    }

    /** A recorded event stream, sent byte for byte as the body of an {@link #sse} response. */
    public static Script replay(byte[] recordedBody) {
        return sse().bytes(recordedBody).build();
    }

    /** Reads the request and answers nothing, until the peer closes or the upstream is closed. */
    public static Script hang() {
        return raw().hang().build();
    }

    /**
     * Reads the request and resets the connection (RST) without a byte of answer. For a connection that is refused
     * before it is made, see {@link ScriptedUpstream#refusingUrl}.
     */
    public static Script refuse() {
        return raw().rst().build();
    }

    /** Reads the request and closes the connection (FIN) without a byte of answer, as a server does that shuts down. */
    public static Script refuseQuietly() {
        return raw().fin().build();
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 307 -> "Temporary Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Status " + status;
        };
    }
}
