package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an answer that is whole: as a completion, or as the events of a stream where one was asked for. For upstreams that
 * answer in the other form than they were asked; nothing of the answer is lost either way.
 */
public final class CompletionWriter {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private CompletionWriter() {}

    /** The answer as a completion of the model of this name. */
    public static byte[] completion(ChatResponse response, String model) {
        return MAPPER.writeValueAsBytes(tree(response, model));
    }

    /** The answer as a stream: for each choice a chunk with all of it and one with its end, and the marker. */
    public static byte[] events(ChatResponse response, String model, boolean showUsage) {
        ObjectNode head = tree(response, model).put("object", "chat.completion.chunk");
        JsonNode choices = head.remove("choices");
        JsonNode usage = head.remove("usage");
        ByteBuilder events = new ByteBuilder(1024);
        for (JsonNode choice : choices) {
            ObjectNode said = (ObjectNode) choice;
            JsonNode reason = said.remove("finish_reason");
            ObjectNode delta = (ObjectNode) said.remove("message");
            number(delta.path("tool_calls"));
            said.set("delta", delta);
            event(events, head, said.putNull("finish_reason"));
            ObjectNode end = MAPPER.createObjectNode();
            end.set("index", said.get("index"));
            end.putObject("delta");
            end.putNull("logprobs");
            end.set("finish_reason", reason);
            event(events, head, end);
        }
        if (showUsage && usage != null) {
            ObjectNode last = head.deepCopy();
            last.putArray("choices");
            last.set("usage", usage);
            event(events, last);
        }
        return events.append(ResponseWriter.done()).toBytes();
    }

    private static ObjectNode tree(ChatResponse response, String model) {
        return ((ObjectNode) MAPPER.readTree(response.toJson())).put("model", model);
    }

    /** A delta's calls have an index, a message's have none. */
    private static void number(JsonNode calls) {
        for (int i = 0; i < calls.size(); i++) {
            ((ObjectNode) calls.get(i)).put("index", i);
        }
    }

    private static void event(ByteBuilder events, ObjectNode head, ObjectNode choice) {
        ObjectNode chunk = head.deepCopy();
        ArrayNode choices = chunk.putArray("choices");
        choices.add(choice);
        event(events, chunk);
    }

    private static void event(ByteBuilder events, ObjectNode chunk) {
        events.ascii("data: ").append(MAPPER.writeValueAsBytes(chunk)).append(Bytes.utf8("\n\n"));
    }
}
