package dev.thalweg.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds one whole chat completion; begun by {@link OpenAiScripts#completing}. Not thread-safe. */
public final class OpenAiCompletion {
    private final List<String> calls = new ArrayList<>();
    private @Nullable String text;
    private @Nullable String reasoning;
    private @Nullable String refusal;
    private @Nullable String finishReason;
    private String usage = OpenAiScripts.usage(10, 5);
    private int choices = 1;

    OpenAiCompletion() {}

    /** The text; without it {@code content} is null. */
    public OpenAiCompletion text(String whole) {
        text = whole;
        return this;
    }

    /** The {@code reasoning_content}, as DeepSeek and others send it. */
    public OpenAiCompletion reasoning(String whole) {
        reasoning = whole;
        return this;
    }

    /** The refusal. */
    public OpenAiCompletion refusal(String whole) {
        refusal = whole;
        return this;
    }

    /** Adds a tool call with these arguments (JSON text). */
    public OpenAiCompletion toolCall(String id, String name, String arguments) {
        calls.add("{\"id\":%s,\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}"
                .formatted(Json.quote(id), Json.quote(name), Json.quote(arguments)));
        return this;
    }

    /** The finish reason, instead of {@code stop} or {@code tool_calls}. */
    public OpenAiCompletion finishReason(String reason) {
        finishReason = reason;
        return this;
    }

    /** The usage in tokens, 10 and 5 unless given. */
    public OpenAiCompletion usage(int promptTokens, int cachedTokens, int completionTokens, int reasoningTokens) {
        usage = OpenAiScripts.usage(promptTokens, cachedTokens, completionTokens, reasoningTokens);
        return this;
    }

    /** Sends the same message for this many choices. */
    public OpenAiCompletion choices(int n) {
        choices = n;
        return this;
    }

    /** The answer's JSON. */
    public String body() {
        var all = new ArrayList<String>();
        for (int index = 0; index < choices; index++) {
            all.add("{\"index\":%d,\"message\":%s,\"logprobs\":null,\"finish_reason\":%s}"
                    .formatted(index, message(), Json.quote(reason())));
        }
        return """
                {"id":"%s","object":"chat.completion","created":%d,"model":"%s","choices":[%s],"usage":%s,\
                "service_tier":"default","system_fingerprint":"fp_testkit"}""".formatted(
                        OpenAiScripts.ID, OpenAiScripts.CREATED, OpenAiScripts.MODEL, String.join(",", all), usage);
    }

    /** The answer as a script. */
    public Script build() {
        return Script.json(200, body());
    }

    private String message() {
        return "{\"role\":\"assistant\",\"content\":%s,\"refusal\":%s,\"annotations\":[]%s%s}"
                .formatted(
                        nullable(text),
                        nullable(refusal),
                        reasoning == null ? "" : ",\"reasoning_content\":" + Json.quote(reasoning),
                        calls.isEmpty() ? "" : ",\"tool_calls\":[" + String.join(",", calls) + "]");
    }

    private String reason() {
        String implied = calls.isEmpty() ? "stop" : "tool_calls";
        return finishReason == null ? implied : finishReason;
    }

    private static String nullable(@Nullable String value) {
        return value == null ? "null" : Json.quote(value);
    }
}
