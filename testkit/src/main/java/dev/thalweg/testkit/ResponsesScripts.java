package dev.thalweg.testkit;

import org.jspecify.annotations.Nullable;

/** Scripts in the shape of OpenAI's Responses API ({@code POST /v1/responses}), as its server sends them. */
public final class ResponsesScripts {
    /** The model that answers. */
    public static final String MODEL = "gpt-5-mini-2025-08-07";

    /** The id of every answer. */
    public static final String ID = "resp_testkit";

    private ResponsesScripts() {}

    /** Begins an answer; the same one can be sent as a stream or whole. */
    public static ResponsesAnswer answer() {
        return new ResponsesAnswer();
    }

    /** A whole stream with one message, in these pieces. */
    public static Script stream(String... texts) {
        return answer().text(texts).stream();
    }

    /** A whole answer without streaming, with one message. */
    public static Script response(String text) {
        return answer().text(text).response();
    }

    /** An error response with OpenAI's error object. */
    public static Script error(int status, String type, @Nullable String code, String message) {
        return OpenAiScripts.error(status, type, code, message);
    }
}
