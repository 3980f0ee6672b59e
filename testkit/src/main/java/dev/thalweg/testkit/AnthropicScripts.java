package dev.thalweg.testkit;

/** Scripts in the shape of Anthropic's Messages API ({@code POST /v1/messages}), as its server sends them. */
public final class AnthropicScripts {
    /** The model that answers. */
    public static final String MODEL = "claude-sonnet-4-5-20250929";

    /** The id of every answer. */
    public static final String ID = "msg_testkit";

    private AnthropicScripts() {}

    /** Begins an answer; the same one can be sent as a stream or whole. */
    public static AnthropicAnswer answer() {
        return new AnthropicAnswer();
    }

    /** A whole stream with one text block, in these pieces. */
    public static Script stream(String... texts) {
        return answer().text(texts).stream();
    }

    /** A whole answer without streaming, with one text block. */
    public static Script message(String text) {
        return answer().text(text).message();
    }

    /** An error response with Anthropic's error object. */
    public static Script error(int status, String type, String message) {
        return Script.status(status)
                .header("Content-Type", "application/json")
                .header("request-id", "req_testkit")
                .text(errorBody(type, message))
                .build();
    }

    /** Anthropic's error object, as the body of an error response or the data of an {@code error} event. */
    public static String errorBody(String type, String message) {
        return "{\"type\":\"error\",\"error\":{\"type\":%s,\"message\":%s},\"request_id\":\"req_testkit\"}"
                .formatted(Json.quote(type), Json.quote(message));
    }
}
