package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a library gave back for one call. */
record Outcome(Client client, JsonNode json) {

    /** The answer, of a call that raised nothing. */
    JsonNode completion() {
        noError();
        return json.path("completion");
    }

    /** The chunks of a stream that ended without an error. */
    List<JsonNode> chunks() {
        noError();
        return received();
    }

    /** The chunks of a stream, however it ended. */
    List<JsonNode> received() {
        assertThat(json.has("chunks")).as("a stream that began: %s", json).isTrue();
        return List.copyOf(json.path("chunks").values());
    }

    /** The content of one choice, put together. */
    String text(int choice) {
        return joined(choice, "content");
    }

    /** A text member of one choice's deltas, put together. */
    String joined(int choice, String member) {
        StringBuilder text = new StringBuilder();
        deltas(choice).forEach(delta -> text.append(delta.path(member).asString("")));
        return text.toString();
    }

    /** The deltas of one choice. */
    List<JsonNode> deltas(int choice) {
        List<JsonNode> deltas = new ArrayList<>();
        choices(choice).forEach(part -> deltas.add(part.path("delta")));
        return deltas;
    }

    /** All finish reasons of one choice. */
    List<String> finishReasons(int choice) {
        return choices(choice).stream()
                .map(part -> part.path("finish_reason").asString(""))
                .filter(reason -> !reason.isEmpty())
                .toList();
    }

    private List<JsonNode> choices(int index) {
        return received().stream()
                .flatMap(chunk -> chunk.path("choices").values().stream())
                .filter(choice -> choice.path("index").asInt() == index)
                .toList();
    }

    /** The error, which must be of this class in this client's library. */
    JsonNode raised(Raised expected) {
        assertThat(json.has("error")).as("raised; but: %s", json).isTrue();
        JsonNode error = json.path("error");
        assertThat(error.path("class").asString()).as("class of %s", error).isEqualTo(expected.in(client));
        if (expected.status() > 0) {
            assertThat(error.path("status").asInt()).isEqualTo(expected.status());
        }
        assertThat(error.path("requestId").asString(""))
                .as("request id of %s", error)
                .startsWith("req_");
        return error;
    }

    JsonNode json(String member) {
        noError();
        return json.path(member);
    }

    private void noError() {
        assertThat(json.has("error"))
                .as("no error; but: %s", json.path("error"))
                .isFalse();
    }
}
