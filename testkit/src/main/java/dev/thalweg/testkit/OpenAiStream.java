package dev.thalweg.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the script of one streamed chat completion; begun by {@link OpenAiScripts#streaming}.
 *
 * <p>Chunks come in OpenAI's order: a role chunk for each choice, the texts, the tool calls, a finish chunk for each
 * choice, the usage chunk if asked for, and {@code [DONE]}. Not thread-safe.
 */
public final class OpenAiStream {
    static final String ROLE_DELTA = "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}";
    private static final String TOOL_ROLE_DELTA = "{\"role\":\"assistant\",\"content\":null}";

    private final List<String> reasoning = new ArrayList<>();
    private final List<String> refusal = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<String> toolDeltas = new ArrayList<>();
    private String model = OpenAiScripts.MODEL;
    private @Nullable String finishReason;
    private @Nullable String usage;
    private Duration delay = Duration.ZERO;
    private int choices = 1;
    private int toolCalls;
    private boolean done = true;
    private boolean unfinished;
    private boolean unknown;

    OpenAiStream() {}

    /** The model named in every chunk. */
    public OpenAiStream model(String name) {
        model = name;
        return this;
    }

    /** Adds a content chunk for each text. */
    public OpenAiStream text(String... pieces) {
        texts.addAll(List.of(pieces));
        return this;
    }

    /**
     * Adds a tool call: a first delta with id and name, and then one for each piece of its arguments (JSON text). Unless
     * {@link #finishReason} says otherwise, the stream then finishes with {@code tool_calls}.
     */
    public OpenAiStream toolCall(String id, String name, String... argumentPieces) {
        int index = toolCalls++;
        toolDeltas.add(
                "{\"tool_calls\":[{\"index\":%d,\"id\":%s,\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":\"\"}}]}"
                        .formatted(index, Json.quote(id), Json.quote(name)));
        for (String piece : argumentPieces) {
            toolDeltas.add("{\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":%s}}]}"
                    .formatted(index, Json.quote(piece)));
        }
        return this;
    }

    /** Adds a chunk of {@code reasoning_content} for each piece before the texts, as DeepSeek and others do. */
    public OpenAiStream reasoning(String... pieces) {
        reasoning.addAll(List.of(pieces));
        return this;
    }

    /** Adds a refusal chunk for each piece. */
    public OpenAiStream refusal(String... pieces) {
        refusal.addAll(List.of(pieces));
        return this;
    }

    /** The finish reason, instead of {@code stop} or {@code tool_calls}. */
    public OpenAiStream finishReason(String reason) {
        finishReason = reason;
        return this;
    }

    /**
     * Sends usage in tokens as OpenAI does with {@code stream_options.include_usage}: a last chunk without choices, and
     * {@code "usage":null} in all others.
     */
    public OpenAiStream usage(int promptTokens, int completionTokens) {
        return usage(promptTokens, 0, completionTokens, 0);
    }

    /** The same with the part of the prompt that was cached, and the part of the completion that was reasoning. */
    public OpenAiStream usage(int promptTokens, int cachedTokens, int completionTokens, int reasoningTokens) {
        usage = OpenAiScripts.usage(promptTokens, cachedTokens, completionTokens, reasoningTokens);
        return this;
    }

    /** Sends the same content for this many choices, interleaved, each with a finish reason of its own. */
    public OpenAiStream choices(int n) {
        choices = n;
        return this;
    }

    /** Waits this long before each chunk but the first. */
    public OpenAiStream delay(Duration between) {
        delay = between;
        return this;
    }

    /** Leaves {@code [DONE]} out. */
    public OpenAiStream withoutDone() {
        done = false;
        return this;
    }

    /** Ends after the last piece of content: without finish reason, usage and {@code [DONE]}. */
    public OpenAiStream unfinished() {
        unfinished = true;
        return this;
    }

    /** Adds chunks of a kind no client knows. */
    public OpenAiStream unknownEvents() {
        unknown = true;
        return this;
    }

    /** The finished script. */
    public Script build() {
        return toBuilder().build();
    }

    /** The script as a builder, to add steps after the last event. */
    public ScriptBuilder toBuilder() {
        ScriptBuilder script = Script.sse();
        List<String> chunks = chunks();
        for (int i = 0; i < chunks.size(); i++) {
            if (i > 0 && delay.isPositive()) {
                script.sleep(delay);
            }
            script.event(chunks.get(i));
        }
        return done && !unfinished ? script.event("[DONE]") : script;
    }

    /** The events, in order. */
    public List<ScriptEvent> events() {
        var events = new ArrayList<ScriptEvent>();
        chunks().forEach(chunk -> events.add(new ScriptEvent("", chunk)));
        if (done && !unfinished) {
            events.add(new ScriptEvent("", "[DONE]"));
        }
        return events;
    }

    private List<String> chunks() {
        var chunks = new ArrayList<String>();
        boolean onlyTools = reasoning.isEmpty() && refusal.isEmpty() && texts.isEmpty() && !toolDeltas.isEmpty();
        addForEachChoice(chunks, onlyTools ? TOOL_ROLE_DELTA : ROLE_DELTA, null);
        reasoning.forEach(text -> addForEachChoice(chunks, "{\"reasoning_content\":" + Json.quote(text) + "}", null));
        refusal.forEach(text -> addForEachChoice(chunks, "{\"refusal\":" + Json.quote(text) + "}", null));
        texts.forEach(text -> addForEachChoice(chunks, "{\"content\":" + Json.quote(text) + "}", null));
        toolDeltas.forEach(delta -> addForEachChoice(chunks, delta, null));
        if (unknown) {
            chunks.add(frame("[]", usage == null ? null : "null")
                    .replaceFirst("\\{", "{\"moderation\":{\"flagged\":false},"));
        }
        if (unfinished) {
            return chunks;
        }
        String implied = toolDeltas.isEmpty() ? "stop" : "tool_calls";
        addForEachChoice(chunks, "{}", finishReason == null ? implied : finishReason);
        if (usage != null) {
            chunks.add(frame("[]", usage));
        }
        return chunks;
    }

    private void addForEachChoice(List<String> chunks, String delta, @Nullable String reason) {
        for (int index = 0; index < choices; index++) {
            chunks.add(chunk(index, delta, reason));
        }
    }

    String chunk(int index, String delta, @Nullable String reason) {
        String choice = "[{\"index\":%d,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}]"
                .formatted(index, delta, reason == null ? "null" : Json.quote(reason));
        return frame(choice, usage == null ? null : "null");
    }

    private String frame(String choicesJson, @Nullable String usageJson) {
        return """
                {"id":"%s","object":"chat.completion.chunk","created":%d,"model":%s,"service_tier":"default",\
                "system_fingerprint":"fp_testkit","choices":%s%s}""".formatted(
                        OpenAiScripts.ID,
                        OpenAiScripts.CREATED,
                        Json.quote(model),
                        choicesJson,
                        usageJson == null ? "" : ",\"usage\":" + usageJson);
    }
}
