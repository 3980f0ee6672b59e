package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a response object that has ended: a whole answer, or the last event's of a stream. */
final class ResponsesObject {
    private static final Set<String> ENDED = Set.of("completed", "incomplete");

    private ResponsesObject() {}

    static Seen whole(JsonNode response) {
        head(response);
        String status = Nodes.text(response, "status");
        if (status.equals("failed")) {
            return Seen.problem(ResponsesFront.failure(response));
        }
        Malformed.unless(response.path("error").isNull(), "\"error\":null", response);
        List<JsonNode> output = Nodes.list(response, "output");
        output.forEach(ResponsesObject::item);
        Seen.Choice choice = choice(output, finish(response, status, output));
        String kept = response.path("output").toString();
        return new Seen(List.of(choice), tokens(response.path("usage")), null, true, kept);
    }

    /** What every response object has. */
    static void head(JsonNode response) {
        Nodes.is(response, "object", "response");
        Malformed.unless(Nodes.text(response, "id").startsWith("resp_"), "an id of a response", response);
        Nodes.text(response, "model");
        Malformed.unless(response.path("created_at").isNumber(), "a time 'created_at'", response);
        for (String name : List.of("error", "incomplete_details", "instructions", "metadata")) {
            Malformed.unless(response.has(name), "'" + name + "', if only null", response);
        }
        for (String name : List.of("output", "tools")) {
            Nodes.list(response, name);
        }
        Malformed.unless(response.has("tool_choice"), "'tool_choice'", response);
        Malformed.unless(response.path("parallel_tool_calls").isBoolean(), "'parallel_tool_calls'", response);
    }

    /** What every finished item has. */
    static void item(JsonNode item) {
        Malformed.unless(!Nodes.text(item, "id").isEmpty(), "an id of the item", item);
        switch (Nodes.text(item, "type")) {
            case "message" -> {
                Nodes.is(item, "role", "assistant");
                ended(item);
                Nodes.list(item, "content").forEach(ResponsesObject::part);
            }
            case "function_call" -> {
                ended(item);
                Nodes.text(item, "call_id");
                Nodes.text(item, "name");
                Nodes.text(item, "arguments");
            }
            case "reasoning" -> Nodes.list(item, "summary").forEach(part -> Nodes.text(part, "text"));
            default -> {} // an item of another kind has its own fields
        }
    }

    private static void ended(JsonNode item) {
        String status = Nodes.text(item, "status");
        boolean known = ENDED.contains(status);
        Malformed.unless(known, "an item that is completed or incomplete", item);
    }

    private static void part(JsonNode part) {
        if (Nodes.text(part, "type").equals("refusal")) {
            Nodes.text(part, "refusal");
        } else {
            Nodes.is(part, "type", "output_text");
            Nodes.text(part, "text");
            Nodes.list(part, "annotations");
        }
    }

    static Seen.Choice choice(List<JsonNode> output, @Nullable Finish finish) {
        var text = new StringBuilder();
        var refusal = new StringBuilder();
        var reasoning = new StringBuilder();
        var calls = new ArrayList<ToolCall>();
        boolean signed = false;
        boolean sealed = false;
        for (JsonNode item : output) {
            for (JsonNode part : Nodes.listOrNone(item, "content")) {
                text.append(Nodes.textOrEmpty(part, "type").equals("output_text") ? Nodes.text(part, "text") : "");
                refusal.append(Nodes.textOrEmpty(part, "refusal"));
            }
            if (Nodes.textOrEmpty(item, "type").equals("function_call")) {
                calls.add(ToolCall.of(
                        Nodes.text(item, "call_id"), Nodes.text(item, "name"), Nodes.text(item, "arguments")));
            }
            if (Nodes.textOrEmpty(item, "type").equals("reasoning")) {
                String words = words(item);
                boolean proved = !Nodes.textOrEmpty(item, "encrypted_content").isEmpty();
                reasoning.append(words);
                signed |= proved && !words.isEmpty();
                sealed |= proved && words.isEmpty();
            }
        }
        return new Seen.Choice(
                text.toString(), reasoning.toString(), signed, sealed, refusal.toString(), calls, finish);
    }

    /** The words of reasoning: its summary, or its text where the provider shows that. */
    private static String words(JsonNode item) {
        var words = new StringBuilder();
        Nodes.list(item, "summary").forEach(part -> words.append(Nodes.text(part, "text")));
        if (words.isEmpty()) {
            Nodes.listOrNone(item, "content").forEach(part -> words.append(Nodes.text(part, "text")));
        }
        return words.toString();
    }

    private static Finish finish(JsonNode response, String status, List<JsonNode> output) {
        if (status.equals("incomplete")) {
            String reason = Nodes.text(response.path("incomplete_details"), "reason");
            return switch (reason) {
                case "max_output_tokens" -> Finish.LENGTH;
                case "content_filter" -> Finish.CONTENT_FILTER;
                default -> throw new Malformed("expected a reason of being incomplete, got " + reason);
            };
        }
        Malformed.unless(status.equals("completed"), "a response that has ended", status);
        boolean calls =
                output.stream().anyMatch(item -> Nodes.textOrEmpty(item, "type").equals("function_call"));
        return calls ? Finish.TOOL_CALLS : Finish.STOP;
    }

    private static Tokens tokens(JsonNode usage) {
        int input = Nodes.count(usage, "input_tokens");
        int output = Nodes.count(usage, "output_tokens");
        Malformed.unless(Nodes.count(usage, "total_tokens") == input + output, "total_tokens to be the sum", usage);
        return new Tokens(
                input,
                Nodes.count(usage.path("input_tokens_details"), "cached_tokens"),
                output,
                Nodes.count(usage.path("output_tokens_details"), "reasoning_tokens"));
    }
}
