package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Follows one output item of a stream from being added to being done. Not thread-safe. */
final class ResponsesItemReader {
    private static final String ARGUMENTS = "response.function_call_arguments";

    private final JsonNode added;
    private final String id;
    private final List<Part> parts = new ArrayList<>();
    private final List<Part> summaries = new ArrayList<>();
    private final StringBuilder arguments = new StringBuilder();
    private boolean argumentsDone;
    private @Nullable JsonNode done;

    /** A part of a message or of reasoning. */
    private static final class Part {
        final StringBuilder text = new StringBuilder();
        final boolean refusal;
        boolean textDone;
        boolean done;

        Part(boolean refusal) {
            this.refusal = refusal;
        }
    }

    ResponsesItemReader(JsonNode item) {
        added = item;
        id = Nodes.text(item, "id");
        Malformed.unless(!id.isEmpty(), "an id of the item", item);
        if (Nodes.text(item, "type").equals("message")) {
            Nodes.is(item, "status", "in_progress");
            Malformed.unless(Nodes.list(item, "content").isEmpty(), "a message without content yet", item);
        } else if (Nodes.text(item, "type").equals("function_call")) {
            Nodes.is(item, "status", "in_progress");
            Nodes.is(item, "arguments", "");
            Malformed.unless(!Nodes.text(item, "name").isEmpty(), "the name of the function", item);
            Malformed.unless(!Nodes.text(item, "call_id").isEmpty(), "the id of the call", item);
        }
    }

    /** The item as it was done. */
    JsonNode done() {
        if (done == null) {
            throw new Malformed("expected response.output_item.done, got the end, for " + added);
        }
        return done;
    }

    /** The item with what came of it, whether done or not. */
    JsonNode soFar() {
        if (done != null) {
            return done;
        }
        ObjectNode item = (ObjectNode) added.deepCopy();
        for (Part part : parts) {
            item.withArray("content")
                    .addObject()
                    .put("type", part.refusal ? "refusal" : "output_text")
                    .put(part.refusal ? "refusal" : "text", part.text.toString());
        }
        summaries.forEach(part -> item.withArray("summary").addObject().put("text", part.text.toString()));
        return arguments.isEmpty() ? item : item.put("arguments", arguments.toString());
    }

    void event(String type, JsonNode data) {
        Malformed.unless(done == null, "nothing after the item is done", data);
        if (type.equals("response.output_item.done")) {
            end(data.path("item"));
            return;
        }
        Malformed.unless(!data.has("item_id") || Nodes.text(data, "item_id").equals(id), "item_id " + id, data);
        switch (type) {
            case "response.content_part.added" -> add(parts, "content_index", data);
            case "response.content_part.done" -> endPart(parts, "content_index", data);
            case "response.output_text.delta", "response.refusal.delta", "response.reasoning_text.delta" ->
                delta(parts, "content_index", data);
            case "response.output_text.done", "response.reasoning_text.done" ->
                endText(parts, "content_index", "text", data);
            case "response.refusal.done" -> endText(parts, "content_index", "refusal", data);
            case "response.reasoning_summary_part.added" -> add(summaries, "summary_index", data);
            case "response.reasoning_summary_part.done" -> endPart(summaries, "summary_index", data);
            case "response.reasoning_summary_text.delta" -> delta(summaries, "summary_index", data);
            case "response.reasoning_summary_text.done" -> endText(summaries, "summary_index", "text", data);
            case ARGUMENTS + ".delta" -> {
                Malformed.unless(!argumentsDone, "no arguments after their end", data);
                arguments.append(Nodes.text(data, "delta"));
            }
            case ARGUMENTS + ".done" -> {
                Nodes.is(data, "arguments", arguments.toString());
                argumentsDone = true;
            }
            default -> {} // a kind nobody knows
        }
    }

    private static void add(List<Part> list, String indexName, JsonNode data) {
        Malformed.unless(Nodes.count(data, indexName) == list.size(), indexName + " " + list.size(), data);
        JsonNode part = data.path("part");
        boolean refusal = Nodes.text(part, "type").equals("refusal");
        Nodes.is(part, refusal ? "refusal" : "text", "");
        list.add(new Part(refusal));
    }

    private static Part open(List<Part> list, String indexName, JsonNode data) {
        Nodes.text(data, "item_id");
        int index = Nodes.count(data, indexName);
        Malformed.unless(index < list.size() && !list.get(index).done, "a part that is open", data);
        return list.get(index);
    }

    private static void delta(List<Part> list, String indexName, JsonNode data) {
        Part part = open(list, indexName, data);
        Malformed.unless(!part.textDone, "no text after its end", data);
        part.text.append(Nodes.text(data, "delta"));
    }

    private static void endText(List<Part> list, String indexName, String member, JsonNode data) {
        Part part = open(list, indexName, data);
        Nodes.is(data, member, part.text.toString());
        part.textDone = true;
    }

    private static void endPart(List<Part> list, String indexName, JsonNode data) {
        Part part = open(list, indexName, data);
        Malformed.unless(part.textDone, "the part's text done first", data);
        Nodes.is(data.path("part"), part.refusal ? "refusal" : "text", part.text.toString());
        part.done = true;
    }

    private void end(JsonNode item) {
        ResponsesObject.item(item);
        for (String same : List.of("id", "type", "name", "call_id")) {
            Malformed.unless(item.path(same).equals(added.path(same)), "the same '" + same + "' as added", item);
        }
        Malformed.unless(parts.stream().allMatch(part -> part.done), "all parts done", item);
        Malformed.unless(summaries.stream().allMatch(part -> part.done), "all parts of the summary done", item);
        if (Nodes.text(item, "type").equals("function_call")) {
            Malformed.unless(argumentsDone, "the arguments done first", item);
            Nodes.is(item, "arguments", arguments.toString());
        }
        same(parts, Nodes.listOrNone(item, "content"), item);
        same(summaries, Nodes.listOrNone(item, "summary"), item);
        done = item;
    }

    private static void same(List<Part> streamed, List<JsonNode> whole, JsonNode item) {
        Malformed.unless(streamed.size() == whole.size(), "as many parts as were streamed", item);
        for (int i = 0; i < whole.size(); i++) {
            Nodes.is(
                    whole.get(i),
                    streamed.get(i).refusal ? "refusal" : "text",
                    streamed.get(i).text.toString());
        }
    }
}
