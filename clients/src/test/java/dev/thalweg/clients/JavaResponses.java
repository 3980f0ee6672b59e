package dev.thalweg.clients;

import static dev.thalweg.clients.JavaDriver.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The Responses API of OpenAI's client for Java. */
final class JavaResponses {
    private JavaResponses() {}

    static void call(OpenAIClient client, Call call, ObjectNode result) {
        String id = call.request().path("id").asString("");
        switch (call.operation()) {
            case "respond" -> respond(client, call, result);
            case "respondStream" -> stream(client, call, result);
            case "respondAssemble" -> assemble(client, call, result);
            case "retrieve" ->
                result.set("completion", node(client.responses().retrieve(id).validate()));
            case "delete" -> {
                client.responses().delete(id);
                result.putObject("completion");
            }
            default -> throw new IllegalArgumentException(call.operation());
        }
    }

    private static void respond(OpenAIClient client, Call call, ObjectNode result) {
        try (HttpResponseFor<Response> response =
                client.responses().withRawResponse().create(params(call))) {
            result.set("completion", node(call.checked() ? response.parse().validate() : response.parse()));
            response.requestId().ifPresent(id -> result.put("requestId", id));
        }
    }

    private static void stream(OpenAIClient client, Call call, ObjectNode result) {
        ArrayNode chunks = result.putArray("chunks");
        try (StreamResponse<ResponseStreamEvent> response = client.responses().createStreaming(params(call))) {
            response.stream().forEach(event -> chunks.add(node(call.checked() ? event.validate() : event)));
        }
    }

    private static void assemble(OpenAIClient client, Call call, ObjectNode result) {
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> response = client.responses().createStreaming(params(call))) {
            response.stream().forEach(accumulator::accumulate);
        }
        Response whole = accumulator.response();
        result.set("completion", node(call.checked() ? whole.validate() : whole));
    }

    private static ResponseCreateParams params(Call call) {
        try {
            var body = JavaDriver.LIBRARY.readValue(call.request().toString(), ResponseCreateParams.Body.class);
            return ResponseCreateParams.builder().body(body).build();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("openai-java cannot read this request", e);
        }
    }
}
