package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an answer that is whole: as a completion, or as the events of a stream where one was asked for. For upstreams that
 * answer in the other form than they were asked; nothing of the answer is lost either way.
 */
public final class CompletionWriter {
    /** Numbers keep all their digits; what was read once is not refused for its size now. */
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private CompletionWriter() {}

    /** The answer as a completion of the model of this name. */
    public static byte[] completion(ChatResponse response, String model) {
        return Bytes.utf8(response.toBuilder().model(model).build().toJson());
    }

    /** The answer as a stream: for each choice a chunk with all of it and one with its end, and the marker. */
    public static byte[] events(ChatResponse response, String model, boolean showUsage) {
        ByteBuilder events = new ByteBuilder(1024);
        // What belongs to the answer goes out once, with the first chunk.
        ChatResponse rest = response.toBuilder().model(model).usage(null).build();
        for (ChatChoice choice : response.choices()) {
            ObjectNode chunk = chunk(rest.toBuilder().choices(List.of(choice)).build());
            ObjectNode said = (ObjectNode) chunk.path("choices").path(0);
            JsonNode reason = said.remove("finish_reason");
            ObjectNode delta = (ObjectNode) said.remove("message");
            number(delta.path("tool_calls"));
            said.set("delta", delta);
            said.putNull("finish_reason");
            event(events, chunk);
            rest = rest.toBuilder().extra(Map.of()).build();
            ObjectNode end = chunk(rest.toBuilder().choices(List.of()).build());
            ObjectNode last = end.putArray("choices").addObject().put("index", choice.index());
            last.putObject("delta");
            last.putNull("logprobs");
            last.set("finish_reason", reason);
            event(events, end);
        }
        if (showUsage && response.usage().isPresent()) {
            event(
                    events,
                    chunk(rest.toBuilder()
                            .choices(List.of())
                            .usage(response.usage().get())
                            .build()));
        }
        return events.append(ResponseWriter.done()).toBytes();
    }

    private static ObjectNode chunk(ChatResponse response) {
        ObjectNode chunk = (ObjectNode) MAPPER.readTree(response.toJson());
        return chunk.put("object", "chat.completion.chunk");
    }

    /** A delta's calls have an index, a message's have none. */
    private static void number(JsonNode calls) {
        for (int i = 0; i < calls.size(); i++) {
            ((ObjectNode) calls.get(i)).put("index", i);
        }
    }

    private static void event(ByteBuilder events, ObjectNode chunk) {
        events.ascii("data: ").append(MAPPER.writeValueAsBytes(chunk)).append(Bytes.utf8("\n\n"));
    }
}
