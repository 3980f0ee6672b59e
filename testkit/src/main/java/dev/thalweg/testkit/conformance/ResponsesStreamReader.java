package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Reads one stream of the Responses API, strictly. Not thread-safe. */
final class ResponsesStreamReader {
    private static final Set<String> ENDS = Set.of("response.completed", "response.incomplete", "response.failed");

    private final List<ResponsesItemReader> items = new ArrayList<>();
    private String id = "";
    private int count;
    private @Nullable Seen end;
    private Seen.@Nullable Problem problem;

    Seen read(Answer answer) {
        Sse stream = answer.events();
        for (ScriptEvent event : stream.events()) {
            Malformed.unless(end == null, "nothing after the end", event);
            event(event);
        }
        Malformed.unless(!answer.body().contains("data: [DONE]"), "no [DONE]", answer.body());
        if (end != null) {
            Malformed.unless(answer.clean() && !stream.torn(), "a body that ends after its last event", answer.body());
        }
        if (end != null && end.problem() == null && problem == null) {
            return end;
        }
        Seen.Problem seen = problem == null && end != null ? end.problem() : problem;
        List<JsonNode> output = items.stream().map(ResponsesItemReader::soFar).toList();
        return new Seen(
                output.isEmpty() ? List.of() : List.of(ResponsesObject.choice(output, null)), null, seen, false, "");
    }

    private void event(ScriptEvent event) {
        JsonNode data = Nodes.read(event.data());
        String type = Nodes.text(data, "type");
        Malformed.unless(event.name().equals(type), "an event named " + type, event);
        Malformed.unless(Nodes.count(data, "sequence_number") == count, "sequence number " + count, data);
        Malformed.unless(count > 0 || type.equals("response.created"), "response.created first", data);
        Malformed.unless(
                problem == null || type.equals("response.failed"), "only response.failed after an error", data);
        count++;
        if (type.equals("error")) {
            problem = error(data);
        } else if (ENDS.contains(type)) {
            end(type, data.path("response"));
        } else if (type.equals("response.created") || type.equals("response.in_progress")) {
            begin(type, data.path("response"));
        } else if (data.has("output_index")) {
            item(type, data);
        }
    }

    private void begin(String type, JsonNode response) {
        Malformed.unless(items.isEmpty(), "no item before " + type, response);
        Malformed.unless(type.equals("response.created") == (count == 1), "response.created once", response);
        ResponsesObject.head(response);
        Nodes.is(response, "status", "in_progress");
        id = id.isEmpty() ? Nodes.text(response, "id") : id;
        Nodes.is(response, "id", id);
    }

    /** The server nests the error, its documentation does not. */
    private static Seen.Problem error(JsonNode data) {
        JsonNode error = data.path("error").isObject() ? data.path("error") : data;
        return new Seen.Problem(
                200, Nodes.textOrEmpty(error, "type"), Nodes.textOrEmpty(error, "code"), Nodes.text(error, "message"));
    }

    private void item(String type, JsonNode data) {
        int index = Nodes.count(data, "output_index");
        if (type.equals("response.output_item.added")) {
            Malformed.unless(index == items.size(), "output index " + items.size(), data);
            items.add(new ResponsesItemReader(data.path("item")));
            return;
        }
        Malformed.unless(index < items.size(), "an item that was added", data);
        items.get(index).event(type, data);
    }

    private void end(String type, JsonNode response) {
        ResponsesObject.head(response);
        Nodes.is(response, "id", id);
        Nodes.is(response, "status", type.substring("response.".length()));
        if (!type.equals("response.failed")) {
            ArrayNode done = Nodes.array();
            items.forEach(item -> done.add(item.done()));
            Malformed.unless(
                    response.path("output").equals(done), "the output to be the items as they were done", response);
        }
        end = ResponsesObject.whole(response);
    }
}
