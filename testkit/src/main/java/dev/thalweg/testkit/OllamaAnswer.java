package dev.thalweg.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds one answer of Ollama's chats, piece by piece in the order of the calls. As a stream every piece is a line, and the
 * last line is done and has the counts; whole it is one object. Not thread-safe.
 */
public final class OllamaAnswer {
    /** The model that answers. */
    public static final String MODEL = "qwen3:4b";

    private static final String HEAD = "{\"model\":\"" + MODEL + "\",\"created_at\":\"2026-08-17T08:22:52.061545Z\"";

    private final List<String> lines = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private String doneReason = "stop";
    private int input = 10;
    private int output = 5;
    private boolean unfinished;

    /** An answer without anything yet. */
    public OllamaAnswer() {}

    /** Adds thinking in these pieces. */
    public OllamaAnswer thinking(String... pieces) {
        for (String piece : pieces) {
            thinking.append(piece);
            lines.add(line("\"content\":\"\",\"thinking\":" + Json.quote(piece)));
        }
        return this;
    }

    /** Adds text in these pieces. */
    public OllamaAnswer text(String... pieces) {
        for (String piece : pieces) {
            text.append(piece);
            lines.add(line("\"content\":" + Json.quote(piece)));
        }
        return this;
    }

    /** Adds a call of a tool, with an object of arguments; without an id, as older servers have none, where it is null. */
    public OllamaAnswer call(@Nullable String id, String name, String arguments) {
        String call = "{%s\"function\":{\"index\":%d,\"name\":%s,\"arguments\":%s}}"
                .formatted(
                        id == null ? "" : "\"id\":" + Json.quote(id) + ",", calls.size(), Json.quote(name), arguments);
        calls.add(call);
        lines.add(line("\"content\":\"\",\"tool_calls\":[" + call + "]"));
        return this;
    }

    /** Adds a line that has nothing any client knows. */
    public OllamaAnswer unknownLine() {
        lines.add(HEAD + ",\"progress\":{\"future\":true},\"done\":false}");
        return this;
    }

    /** Why it is done, instead of {@code stop}. */
    public OllamaAnswer doneReason(String reason) {
        doneReason = reason;
        return this;
    }

    /** The tokens of the prompt and of the answer. */
    public OllamaAnswer usage(int promptTokens, int answerTokens) {
        input = promptTokens;
        output = answerTokens;
        return this;
    }

    /** Ends the stream before the line that is done. */
    public OllamaAnswer unfinished() {
        unfinished = true;
        return this;
    }

    /** The lines of the stream, without their ends. */
    public List<String> lines() {
        var all = new ArrayList<String>(lines);
        if (!unfinished) {
            all.add(HEAD + ",\"message\":{\"role\":\"assistant\",\"content\":\"\"}" + end());
        }
        return all;
    }

    /** The answer as a stream. */
    public Script stream() {
        return Script.status(200)
                .framing(Framing.CHUNKED)
                .header("Content-Type", "application/x-ndjson")
                .text(String.join("\n", lines()) + "\n")
                .build();
    }

    /** The whole answer's JSON. */
    public String body() {
        String message = "{\"role\":\"assistant\",\"content\":" + Json.quote(text.toString())
                + (thinking.isEmpty() ? "" : ",\"thinking\":" + Json.quote(thinking.toString()))
                + (calls.isEmpty() ? "" : ",\"tool_calls\":[" + String.join(",", calls) + "]") + "}";
        return HEAD + ",\"message\":" + message + end();
    }

    /** The whole answer without streaming. */
    public Script whole() {
        return Script.json(200, body());
    }

    /** An error. */
    public static Script error(int status, String message) {
        return Script.json(status, errorBody(message));
    }

    /** An error's JSON, or its line in a stream. */
    public static String errorBody(String message) {
        return "{\"error\":" + Json.quote(message) + "}";
    }

    private static String line(String members) {
        return HEAD + ",\"message\":{\"role\":\"assistant\"," + members + "},\"done\":false}";
    }

    private String end() {
        return (",\"done\":true,\"done_reason\":%s,\"total_duration\":4009483084,\"load_duration\":79447084,"
                        + "\"prompt_eval_count\":%d,\"prompt_eval_duration\":1033218875,\"eval_count\":%d,"
                        + "\"eval_duration\":2487882251}")
                .formatted(Json.quote(doneReason), input, output);
    }
}
