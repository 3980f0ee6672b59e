package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonValue;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How probable tokens were, as completions spell it, in lists side by side: made into what chat completions have. */
final class TextLogprobs {
    private static final JsonMapper JSON = JsonMapper.shared();

    private TextLogprobs() {}

    /** The same in the words of chat completions; what is not in those of completions stays as it is. */
    static JsonValue inChat(JsonValue value) {
        JsonNode lists;
        try {
            lists = JSON.readTree(value.decode());
        } catch (JacksonException e) {
            return value; // A number larger than Java's, for example.
        }
        if (!lists.path("tokens").isArray()) {
            return value;
        }
        ObjectNode chat = JSON.createObjectNode();
        ArrayNode content = chat.putArray("content");
        chat.putNull("refusal");
        for (int i = 0; i < lists.path("tokens").size(); i++) {
            JsonNode logprob = lists.path("token_logprobs").path(i);
            if (logprob.isNumber()) { // Of a prompt's first token none is known.
                ArrayNode others = token(
                                content.addObject(), lists.path("tokens").path(i), logprob)
                        .putArray("top_logprobs");
                alternatives(lists.path("top_logprobs").path(i), others);
            }
        }
        byte[] json = Bytes.utf8(chat.toString());
        return new JsonValue().set(json, 0, json.length);
    }

    private static void alternatives(JsonNode byToken, ArrayNode others) {
        for (Map.Entry<String, JsonNode> one : byToken.properties()) {
            if (one.getValue().isNumber()) {
                ObjectNode unused =
                        token(others.addObject(), JSON.getNodeFactory().stringNode(one.getKey()), one.getValue());
            }
        }
    }

    private static ObjectNode token(ObjectNode into, JsonNode token, JsonNode logprob) {
        into.set("token", token);
        into.set("logprob", logprob);
        return into.putNull("bytes");
    }
}
