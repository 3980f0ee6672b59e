package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a framework, or a provider's own client, gave back for one call. */
record Told(Client client, JsonNode json) {
    String text() {
        return completion().path("text").asString("");
    }

    String reasoning() {
        return completion().path("reasoning").asString("");
    }

    /** The pieces of text that a stream brought, however it ended. */
    List<String> texts() {
        assertThat(json.has("texts")).as("a stream that began: %s", json).isTrue();
        return json.path("texts").values().stream().map(JsonNode::asString).toList();
    }

    /** Why the answer ended, in OpenAI's word for it: every library has its own. */
    String finish() {
        String word = completion().path("finish").asString("").toLowerCase(Locale.ROOT);
        return switch (word) {
            case "complete" -> "stop";
            case "tool_call", "tool_execution" -> "tool_calls";
            case "max_tokens" -> "length";
            default -> word.replace('-', '_');
        };
    }

    /** Asserts on the tokens. */
    void used(int input, int output) {
        assertThat(completion().path("input").asInt(-1)).as("input of %s", json).isEqualTo(input);
        assertThat(completion().path("output").asInt(-1))
                .as("output of %s", json)
                .isEqualTo(output);
    }

    /** The calls of tools. */
    List<JsonNode> calls() {
        return List.copyOf(completion().path("calls").values());
    }

    /** Asserts on one call. The frameworks may write its arguments anew. */
    void called(int index, String id, String name, String arguments) {
        assertThat(calls()).as("calls of %s", json).hasSizeGreaterThan(index);
        JsonNode call = calls().get(index);
        assertThat(call.path("id").asString()).isEqualTo(id);
        assertThat(call.path("name").asString()).isEqualTo(name);
        String told = call.path("arguments").asString();
        // Cohere itself says null where there are none.
        assertThat(JsonMapper.shared().readTree(told.isEmpty() || told.equals("null") ? "{}" : told))
                .as("arguments of %s", call)
                .isEqualTo(JsonMapper.shared().readTree(arguments));
    }

    /** The answer, of a call that raised nothing. */
    JsonNode completion() {
        assertThat(json.has("error"))
                .as("no error; but: %s", json.path("error"))
                .isFalse();
        return json.path("completion");
    }

    /** The error, which must be of this class in this framework, and have these words in it. */
    JsonNode raised(Raised expected, String words) {
        JsonNode error = raised(words);
        assertThat(error.path("class").asString()).as("class of %s", error).isEqualTo(expected.in(client));
        if (expected.status() > 0) {
            assertThat(error.path("status").asInt()).isEqualTo(expected.status());
        }
        return error;
    }

    /** The error, of whichever class, with these words in it. */
    JsonNode raised(String words) {
        assertThat(json.has("error")).as("raised; but: %s", json).isTrue();
        JsonNode error = json.path("error");
        assertThat(error.path("message").asString(""))
                .as("message of %s", error)
                .contains(words);
        return error;
    }
}
