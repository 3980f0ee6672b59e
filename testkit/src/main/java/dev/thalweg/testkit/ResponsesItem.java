package dev.thalweg.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * One output item of a {@link ResponsesAnswer}: how it starts, its events, how it ends.
 *
 * @param id the item's id
 * @param start the item as it is added
 * @param events its events between being added and being done, without their numbers
 * @param contents how many of the events come before its last piece of content is out
 * @param done the item when it is done
 */
record ResponsesItem(String id, String start, List<ScriptEvent> events, int contents, String done) {

    /** A message with one part, of text or of a refusal. */
    static ResponsesItem message(String id, String kind, List<String> pieces) {
        boolean refusal = kind.equals("refusal");
        String event = refusal ? "response.refusal" : "response.output_text";
        String member = refusal ? "refusal" : "text";
        String place = "\"item_id\":\"%s\",\"output_index\":@index@,\"content_index\":0".formatted(id);
        String logprobs = refusal ? "" : ",\"logprobs\":[]";
        String all = Json.quote(String.join("", pieces));
        var events = new ArrayList<ScriptEvent>();
        events.add(new ScriptEvent("response.content_part.added", place + ",\"part\":" + part(refusal, "\"\"")));
        for (String piece : pieces) {
            events.add(new ScriptEvent(
                    event + ".delta",
                    "%s,\"delta\":%s%s,\"obfuscation\":\"aX3\"".formatted(place, Json.quote(piece), logprobs)));
        }
        int contents = events.size();
        events.add(new ScriptEvent(event + ".done", "%s,\"%s\":%s%s".formatted(place, member, all, logprobs)));
        events.add(new ScriptEvent("response.content_part.done", place + ",\"part\":" + part(refusal, all)));
        String whole = "{\"id\":\"%s\",\"type\":\"message\",\"status\":\"%s\",\"content\":[%s],\"role\":\"assistant\"}";
        return new ResponsesItem(
                id,
                whole.formatted(id, "in_progress", ""),
                events,
                contents,
                whole.formatted(id, "%status%", part(refusal, all)));
    }

    private static String part(boolean refusal, String text) {
        return refusal
                ? "{\"type\":\"refusal\",\"refusal\":" + text + "}"
                : "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":" + text + "}";
    }

    /** A call of a function. */
    static ResponsesItem call(String id, String callId, String name, List<String> pieces) {
        String place = "\"item_id\":\"%s\",\"output_index\":@index@".formatted(id);
        String all = Json.quote(String.join("", pieces));
        var events = new ArrayList<ScriptEvent>();
        for (String piece : pieces) {
            events.add(new ScriptEvent(
                    "response.function_call_arguments.delta",
                    "%s,\"delta\":%s,\"obfuscation\":\"q\"".formatted(place, Json.quote(piece))));
        }
        int contents = events.size();
        events.add(
                new ScriptEvent("response.function_call_arguments.done", "%s,\"arguments\":%s".formatted(place, all)));
        String whole =
                "{\"id\":\"%s\",\"type\":\"function_call\",\"status\":\"%s\",\"arguments\":%s,\"call_id\":%s,\"name\":%s}";
        return new ResponsesItem(
                id,
                whole.formatted(id, "in_progress", "\"\"", Json.quote(callId), Json.quote(name)),
                events,
                contents,
                whole.formatted(id, "%status%", all, Json.quote(callId), Json.quote(name)));
    }

    /** Reasoning with a summary of one part (none without pieces), and what goes back to the provider. */
    static ResponsesItem reasoning(String id, String encrypted, List<String> pieces) {
        String place = "\"item_id\":\"%s\",\"output_index\":@index@,\"summary_index\":0".formatted(id);
        String part = "{\"type\":\"summary_text\",\"text\":%s}";
        String all = Json.quote(String.join("", pieces));
        var events = new ArrayList<ScriptEvent>();
        if (!pieces.isEmpty()) {
            events.add(new ScriptEvent(
                    "response.reasoning_summary_part.added", place + ",\"part\":" + part.formatted("\"\"")));
            for (String piece : pieces) {
                events.add(new ScriptEvent(
                        "response.reasoning_summary_text.delta",
                        "%s,\"delta\":%s".formatted(place, Json.quote(piece))));
            }
            events.add(new ScriptEvent("response.reasoning_summary_text.done", place + ",\"text\":" + all));
            events.add(new ScriptEvent(
                    "response.reasoning_summary_part.done", place + ",\"part\":" + part.formatted(all)));
        }
        String secret = encrypted.isEmpty() ? "" : ",\"encrypted_content\":" + Json.quote(encrypted);
        String whole = "{\"id\":\"%s\",\"type\":\"reasoning\"%s,\"summary\":[%s]}";
        return new ResponsesItem(
                id,
                whole.formatted(id, "", ""),
                events,
                events.size(),
                whole.formatted(id, secret, pieces.isEmpty() ? "" : part.formatted(all)));
    }

    /** The item when it is done, with this status. */
    String done(String status) {
        return done.replace("%status%", status);
    }
}
