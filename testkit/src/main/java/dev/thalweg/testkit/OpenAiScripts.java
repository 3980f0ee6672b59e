package dev.thalweg.testkit;

import org.jspecify.annotations.Nullable;

/**
 * Scripts in the shape of OpenAI's chat completions API ({@code POST /v1/chat/completions}), as its server sends them.
 *
 * <p>Whole answers for the usual cases, and single chunks for scripts that break off in between:
 * {@code Script.sse().event(OpenAiScripts.contentChunk("Hel")).rst().build()}.
 */
public final class OpenAiScripts {
    /** The model that answers when a test names none. */
    public static final String MODEL = "gpt-4o-mini";

    /** The id of every answer. */
    public static final String ID = "chatcmpl-testkit";

    static final long CREATED = 1_750_000_000L;

    private OpenAiScripts() {}

    /** A whole stream: a role chunk, one chunk for each text, a finish chunk with {@code stop}, and {@code [DONE]}. */
    public static Script stream(String... texts) {
        return streaming().text(texts).build();
    }

    /** Begins a stream with options. */
    public static OpenAiStream streaming() {
        return new OpenAiStream();
    }

    /** A whole answer without streaming: 10 prompt tokens, 5 completion tokens, finish reason {@code stop}. */
    public static Script completion(String text) {
        return completion(MODEL, text, 10, 5);
    }

    /** A whole answer without streaming, with this usage in tokens. */
    public static Script completion(String model, String text, int promptTokens, int completionTokens) {
        return Script.json(200, """
                {"id":"%s","object":"chat.completion","created":%d,"model":%s,"choices":[{"index":0,"message":\
                {"role":"assistant","content":%s,"refusal":null,"annotations":[]},"logprobs":null,\
                "finish_reason":"stop"}],"usage":%s,"service_tier":"default","system_fingerprint":"fp_testkit"}""".formatted(
                        ID, CREATED, Json.quote(model), Json.quote(text), usage(promptTokens, completionTokens)));
    }

    /** Begins a whole answer without streaming, with options. */
    public static OpenAiCompletion completing() {
        return new OpenAiCompletion();
    }

    /** An error response with OpenAI's error object. */
    public static Script error(int status, String type, @Nullable String code, String message) {
        return Script.json(status, errorBody(type, code, message));
    }

    /** OpenAI's error object, as the body of an error response or the data of an error event. */
    public static String errorBody(String type, @Nullable String code, String message) {
        return "{\"error\":{\"message\":%s,\"type\":%s,\"param\":null,\"code\":%s}}"
                .formatted(Json.quote(message), Json.quote(type), code == null ? "null" : Json.quote(code));
    }

    /** The data of the first chunk of a stream. */
    public static String roleChunk() {
        return streaming().chunk(0, OpenAiStream.ROLE_DELTA, null);
    }

    /** The data of a chunk with some text of the answer. */
    public static String contentChunk(String text) {
        return streaming().chunk(0, "{\"content\":" + Json.quote(text) + "}", null);
    }

    /** The data of the chunk that carries the finish reason. */
    public static String finishChunk(String finishReason) {
        return streaming().chunk(0, "{}", finishReason);
    }

    static String usage(int promptTokens, int completionTokens) {
        return usage(promptTokens, 0, completionTokens, 0);
    }

    static String usage(int promptTokens, int cachedTokens, int completionTokens, int reasoningTokens) {
        return """
                {"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,"prompt_tokens_details":\
                {"cached_tokens":%d,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":%d,\
                "audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}""".formatted(
                        promptTokens, completionTokens, promptTokens + completionTokens, cachedTokens, reasoningTokens);
    }
}
