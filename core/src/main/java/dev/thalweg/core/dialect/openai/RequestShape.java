package dev.thalweg.core.dialect.openai;

import org.jspecify.annotations.Nullable;

/**
 * What a gateway looks for in the bodies of one protocol.
 *
 * @param content the field a request must have
 * @param limit where the answer's limit in tokens stands in an object of the body: {@code inferenceConfig.maxTokens}; null:
 *     at the top
 * @param streamsUnasked whether an answer is streamed where the body does not say
 * @param whole whether an answer is never streamed, whatever the body says
 */
public record RequestShape(String content, @Nullable String limit, boolean streamsUnasked, boolean whole) {
    /** Chat completions. */
    public static final RequestShape CHAT = new RequestShape("messages");

    /** What was before chat. */
    public static final RequestShape PROMPT = new RequestShape("prompt");

    /** With the limit at the top and streams only when asked for. */
    public RequestShape(String content) {
        this(content, null, false);
    }

    /** With answers that may be streamed. */
    public RequestShape(String content, @Nullable String limit, boolean streamsUnasked) {
        this(content, limit, streamsUnasked, false);
    }

    /** With answers in one piece only. */
    public static RequestShape whole(String content) {
        return new RequestShape(content, null, false, true);
    }

    /**
     * What a path says instead of the body.
     *
     * @param model the model
     * @param stream whether the answer is to be streamed
     */
    public record Path(String model, boolean stream) {}
}
