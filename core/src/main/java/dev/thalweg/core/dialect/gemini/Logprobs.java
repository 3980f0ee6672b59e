package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonValue;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How probable tokens were: {@code logprobsResult} here, {@code logprobs} in OpenAI's chat completions. */
final class Logprobs {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Logprobs() {}

    /** Tells this {@code logprobsResult}. */
    static void tell(String result, int choice, FrameSink sink) {
        JsonNode read;
        try {
            read = Nodes.read(result);
        } catch (JsonSyntaxException e) {
            return;
        }
        JsonNode chosen = read.path("chosenCandidates");
        if (chosen.isEmpty()) {
            return;
        }
        ArrayNode content = NODES.arrayNode();
        int position = 0;
        for (JsonNode one : chosen) {
            ObjectNode token = content.addObject();
            openAi(one, token);
            ArrayNode top = token.putArray("top_logprobs");
            for (JsonNode other : read.path("topCandidates").path(position).path("candidates")) {
                openAi(other, top.addObject());
            }
            position++;
        }
        ObjectNode logprobs = NODES.objectNode();
        logprobs.set("content", content);
        byte[] json = Bytes.utf8(Nodes.text(logprobs));
        sink.logprobs(choice, new JsonValue().set(json, 0, json.length));
    }

    private static void openAi(JsonNode candidate, ObjectNode into) {
        into.put("token", candidate.path("token").asString(""));
        into.set("logprob", number(candidate.path("logProbability")));
        into.putNull("bytes");
    }

    /** A {@code logprobsResult} for these pieces of OpenAI's; empty where they say nothing. */
    static String of(List<String> pieces) {
        List<JsonNode> tokens = new ArrayList<>();
        for (String piece : pieces) {
            try {
                Nodes.read(piece).path("content").forEach(tokens::add);
            } catch (JsonSyntaxException e) {
                // What could be read is told.
            }
        }
        if (tokens.isEmpty()) {
            return "";
        }
        ObjectNode result = NODES.objectNode();
        ArrayNode top = result.putArray("topCandidates");
        ArrayNode chosen = result.putArray("chosenCandidates");
        for (JsonNode token : tokens) {
            own(token, chosen.addObject());
            ArrayNode others = top.addObject().putArray("candidates");
            token.path("top_logprobs").forEach(other -> own(other, others.addObject()));
        }
        return Nodes.text(result);
    }

    private static void own(JsonNode token, ObjectNode into) {
        into.put("token", token.path("token").asString(""));
        into.set("logProbability", number(token.path("logprob")));
    }

    private static JsonNode number(JsonNode node) {
        return node.isNumber() ? node : NODES.numberNode(0);
    }
}
