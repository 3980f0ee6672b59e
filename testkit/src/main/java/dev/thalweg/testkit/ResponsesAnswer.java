package dev.thalweg.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds one answer of OpenAI's Responses API, item by item in the order of the calls; begun by
 * {@link ResponsesScripts#answer}.
 *
 * <p>As a stream it has the events of the real one, each with its number: {@code response.created}, {@code
 * response.in_progress}, for each item {@code output_item.added} to {@code output_item.done}, and the final response. Not
 * thread-safe.
 */
public final class ResponsesAnswer {
    private final List<ResponsesItem> items = new ArrayList<>();
    private @Nullable String incomplete;
    private String usage = tokens(10, 0, 5, 0);
    private boolean unfinished;
    private boolean unknown;

    ResponsesAnswer() {}

    /** Adds reasoning with a summary in these pieces; {@code encrypted} is what goes back, empty: nothing does. */
    public ResponsesAnswer reasoning(String encrypted, String... pieces) {
        items.add(ResponsesItem.reasoning("rs_" + items.size(), encrypted, List.of(pieces)));
        return this;
    }

    /** Adds a message of text in these pieces. */
    public ResponsesAnswer text(String... pieces) {
        items.add(ResponsesItem.message("msg_" + items.size(), "output_text", List.of(pieces)));
        return this;
    }

    /** Adds a message that refuses, in these pieces. */
    public ResponsesAnswer refusal(String... pieces) {
        items.add(ResponsesItem.message("msg_" + items.size(), "refusal", List.of(pieces)));
        return this;
    }

    /** Adds a call of a function with these pieces of its arguments (JSON text). */
    public ResponsesAnswer functionCall(String callId, String name, String... argumentPieces) {
        items.add(ResponsesItem.call("fc_" + items.size(), callId, name, List.of(argumentPieces)));
        return this;
    }

    /** Ends incomplete, for {@code max_output_tokens} or {@code content_filter}; so does the last item. */
    public ResponsesAnswer incomplete(String reason) {
        incomplete = reason;
        return this;
    }

    /** The usage in tokens, 10 and 5 unless given. */
    public ResponsesAnswer usage(int inputTokens, int cachedTokens, int outputTokens, int reasoningTokens) {
        usage = tokens(inputTokens, cachedTokens, outputTokens, reasoningTokens);
        return this;
    }

    /** Ends the stream after the last delta of the last item. */
    public ResponsesAnswer unfinished() {
        unfinished = true;
        return this;
    }

    /** Adds events of a kind no client knows to the stream. */
    public ResponsesAnswer unknownEvents() {
        unknown = true;
        return this;
    }

    /** The events of the stream, in order. */
    public List<ScriptEvent> events() {
        var events = new ArrayList<ScriptEvent>();
        opening(events);
        for (int index = 0; index < items.size(); index++) {
            item(events, index);
        }
        if (!unfinished) {
            String status = incomplete == null ? "completed" : "incomplete";
            add(events, "response." + status, "\"response\":" + response(status, output(), usage, "null"));
        }
        return events;
    }

    /** The events of a stream that fails at this point, after its content or before any. */
    public List<ScriptEvent> failing(String code, String message) {
        var events = new ArrayList<ScriptEvent>();
        opening(events);
        for (int index = 0; index < items.size(); index++) {
            unfinished = true;
            item(events, index);
        }
        String said = "\"code\":%s,\"message\":%s".formatted(Json.quote(code), Json.quote(message));
        add(events, "error", "\"error\":{\"type\":%s,%s,\"param\":null}".formatted(Json.quote(code), said));
        add(events, "response.failed", "\"response\":" + response("failed", "", "null", "{" + said + "}"));
        return events;
    }

    /** The answer as a stream. */
    public Script stream() {
        ScriptBuilder script = Script.sse();
        events().forEach(event -> event.addTo(script));
        return script.build();
    }

    /** The answer's JSON. */
    public String body() {
        return response(incomplete == null ? "completed" : "incomplete", output(), usage, "null");
    }

    /** The whole answer without streaming. */
    public Script response() {
        return Script.json(200, body());
    }

    private void opening(List<ScriptEvent> events) {
        String begun = "\"response\":" + response("in_progress", "", "null", "null");
        add(events, "response.created", begun);
        add(events, "response.in_progress", begun);
    }

    private void item(List<ScriptEvent> events, int index) {
        ResponsesItem item = items.get(index);
        boolean last = index == items.size() - 1;
        String place = "\"output_index\":" + index;
        add(events, "response.output_item.added", place + ",\"item\":" + item.start());
        if (unknown) {
            add(events, "response.future_hint.delta", place + ",\"hint\":{\"kind\":\"new\"}");
        }
        List<ScriptEvent> own = unfinished && last ? item.events().subList(0, item.contents()) : item.events();
        own.forEach(event -> add(events, event.name(), event.data().replace("@index@", Integer.toString(index))));
        if (!unfinished || !last) {
            add(events, "response.output_item.done", place + ",\"item\":" + done(index));
        }
    }

    private String output() {
        var done = new ArrayList<String>();
        for (int index = 0; index < items.size(); index++) {
            done.add(done(index));
        }
        return String.join(",", done);
    }

    private String done(int index) {
        boolean cut = incomplete != null && index == items.size() - 1;
        return items.get(index).done(cut ? "incomplete" : "completed");
    }

    private String response(String status, String output, String usageJson, String error) {
        boolean cut = status.equals("incomplete") && incomplete != null;
        return """
                {"id":"%s","object":"response","created_at":1750000000,"status":"%s","background":false,"error":%s,\
                "incomplete_details":%s,"instructions":null,"max_output_tokens":null,"model":"%s","output":[%s],\
                "parallel_tool_calls":true,"previous_response_id":null,"reasoning":{"effort":"medium","summary":null},\
                "store":false,"temperature":1.0,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],\
                "top_p":1.0,"truncation":"disabled","usage":%s,"user":null,"metadata":{}}""".formatted(
                        ResponsesScripts.ID,
                        status,
                        error,
                        cut ? "{\"reason\":\"" + incomplete + "\"}" : "null",
                        ResponsesScripts.MODEL,
                        output,
                        usageJson);
    }

    private static String tokens(int input, int cached, int output, int reasoning) {
        return """
                {"input_tokens":%d,"input_tokens_details":{"cached_tokens":%d},"output_tokens":%d,\
                "output_tokens_details":{"reasoning_tokens":%d},"total_tokens":%d}""".formatted(input, cached, output, reasoning, input + output);
    }

    private static void add(List<ScriptEvent> events, String type, String members) {
        events.add(new ScriptEvent(
                type, "{\"type\":\"%s\",\"sequence_number\":%d,%s}".formatted(type, events.size(), members)));
    }
}
