package dev.thalweg.core.wire;

/** How the events of a streamed answer lie in its body. */
public enum Framing {
    /** Server-sent events. */
    SSE("text/event-stream; charset=utf-8"),
    /** One JSON document a line. */
    JSON_LINES("application/x-ndjson"),
    /** One JSON array, sent piece by piece. */
    JSON_ARRAY("application/json; charset=utf-8"),
    /** AWS's binary frames. */
    AWS("application/vnd.amazon.eventstream"),
    /** AWS's binary frames, in each of which stands an event of another protocol in Base64. */
    AWS_CHUNKS("application/vnd.amazon.eventstream");

    private final String contentType;

    Framing(String contentType) {
        this.contentType = contentType;
    }

    /** What a body of it is declared as. */
    public String contentType() {
        return contentType;
    }

    /** A reader for one stream of this framing. */
    public BlockReader reader(int maxEventBytes, HeldBytes budget) {
        return switch (this) {
            case SSE -> new SseReader(maxEventBytes, budget);
            case JSON_LINES -> new JsonLineReader(maxEventBytes, budget);
            case JSON_ARRAY -> new JsonArrayReader(maxEventBytes, budget);
            case AWS -> new AwsFrameReader(maxEventBytes, budget);
            case AWS_CHUNKS -> new AwsChunkReader(maxEventBytes, budget);
        };
    }
}
