package dev.thalweg.clients;

import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import tools.jackson.databind.json.JsonMapper;

/** What a provider of the Responses API sends. */
final class ResponsesFrames {
    static final String TEXT =
            "{\"type\":\"message\",\"id\":\"msg_1\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":["
                    + "{\"type\":\"output_text\",\"text\":\"Hi there\",\"annotations\":[],\"logprobs\":[]}]}";
    static final String WEATHER =
            "{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"call_1\",\"name\":\"weather\","
                    + "\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\",\"status\":\"completed\"}";

    private ResponsesFrames() {}

    static String response(String status, String output) {
        String usage = status.equals("completed")
                ? "{\"input_tokens\":10,\"input_tokens_details\":{\"cached_tokens\":0,\"cache_write_tokens\":0},\"output_tokens\":5,"
                        + "\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":15}"
                : "null";
        return "{\"id\":\"resp_up\",\"object\":\"response\",\"created_at\":1750000000,\"status\":\"" + status
                + "\",\"error\":null,\"incomplete_details\":null,\"instructions\":null,\"metadata\":{},"
                + "\"model\":\"gpt-4o-mini\",\"output\":[" + output + "],\"parallel_tool_calls\":true,"
                + "\"previous_response_id\":null,\"store\":true,\"temperature\":1.0,\"text\":{\"format\":{\"type\":\"text\"}},"
                + "\"tool_choice\":\"auto\",\"tools\":[],\"top_p\":1.0,\"truncation\":\"disabled\",\"usage\":" + usage
                + "}";
    }

    static Script whole(String output) {
        return Script.json(200, response("completed", output));
    }

    /** Begins a stream with this text; its item is not done. */
    static ScriptBuilder begun(String... pieces) {
        String item =
                "{\"type\":\"message\",\"id\":\"msg_1\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}";
        String at = "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,";
        Events events = new Events()
                .event("response.created", "\"response\":" + response("in_progress", ""))
                .event("response.output_item.added", "\"output_index\":0,\"item\":" + item)
                .event(
                        "response.content_part.added",
                        at + "\"part\":{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[],\"logprobs\":[]}");
        for (String piece : pieces) {
            events.event("response.output_text.delta", at + "\"delta\":\"" + piece + "\",\"logprobs\":[]");
        }
        return events.script;
    }

    /** A stream of "Hi there". */
    static Script text() {
        String at = "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,";
        return new Events(begun("Hi ", "there"), 5)
                .event("response.output_text.done", at + "\"text\":\"Hi there\",\"logprobs\":[]")
                .event(
                        "response.content_part.done",
                        at
                                + "\"part\":{\"type\":\"output_text\",\"text\":\"Hi there\",\"annotations\":[],\"logprobs\":[]}")
                .event("response.output_item.done", "\"output_index\":0,\"item\":" + TEXT)
                .event("response.completed", "\"response\":" + response("completed", TEXT))
                .script
                .build();
    }

    /** A stream of one call. */
    static Script call() {
        String at = "\"item_id\":\"fc_1\",\"output_index\":0,";
        String begun = WEATHER.replace("{\\\"city\\\":\\\"Oslo\\\"}", "").replace("completed", "in_progress");
        return new Events()
                .event("response.created", "\"response\":" + response("in_progress", ""))
                .event("response.output_item.added", "\"output_index\":0,\"item\":" + begun)
                .event("response.function_call_arguments.delta", at + "\"delta\":\"{\\\"city\\\":\"")
                .event("response.function_call_arguments.delta", at + "\"delta\":\"\\\"Oslo\\\"}\"")
                .event(
                        "response.function_call_arguments.done",
                        at + "\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"")
                .event("response.output_item.done", "\"output_index\":0,\"item\":" + WEATHER)
                .event("response.completed", "\"response\":" + response("completed", WEATHER))
                .script
                .build();
    }

    /** Events in their order. */
    private static final class Events {
        private final ScriptBuilder script;
        private int number;

        Events() {
            this(Script.sse(), 0);
        }

        Events(ScriptBuilder script, int number) {
            this.script = script;
            this.number = number;
        }

        Events event(String type, String members) {
            String data = "{\"type\":\"" + type + "\",\"sequence_number\":" + number++ + "," + members + "}";
            // Parsed here, so that a slip in a script is no riddle in a client.
            script.event(type, JsonMapper.shared().readTree(data).toString());
            return this;
        }
    }
}
