package dev.thalweg.clients;

import com.google.genai.Client;
import com.google.genai.JsonSerializable;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ApiException;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ListModelsConfig;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Google's client for Java, in this JVM, with Gemini's API. It does what {@code genai.mjs} does. */
final class GenaiDriver implements Driver {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public String version() {
        return Libraries.version(Client.class) + " on Java " + Runtime.version();
    }

    @Override
    public JsonNode call(Call call) {
        ObjectNode result = JSON.createObjectNode();
        result.putArray("texts");
        result.putArray("raw");
        try (Client client = client(call)) {
            switch (call.operation()) {
                case "complete", "stream" -> converse(client, call, result);
                case "models" -> models(client, result.putArray("models"));
                case "model" -> result.set("model", node(client.models.get(text(call, "model"), null)));
                case "count" -> count(client, call, result);
                case "embed" -> embed(client, call, result.putArray("vectors"));
                default -> throw new IllegalArgumentException(call.operation());
            }
        } catch (RuntimeException e) {
            result.set("error", raised(e));
        }
        return result;
    }

    private static Client client(Call call) {
        HttpOptions.Builder options =
                HttpOptions.builder().baseUrl(call.baseUrl()).timeout((int) call.timeoutMillis());
        options.retryOptions(HttpRetryOptions.builder()
                .attempts(call.maxRetries() + 1)
                .initialDelay(0.01)
                .build());
        return Client.builder()
                .apiKey(call.apiKey())
                .httpOptions(options.build())
                .build();
    }

    private static void converse(Client client, Call call, ObjectNode result) {
        GenaiTurns turns = new GenaiTurns(call);
        List<GenerateContentResponse> answer = once(client, call, turns, result);
        if (call.request().path("run").asBoolean(false)) {
            result.set("asked", GenaiTurns.told(answer).path("calls"));
            turns.goOn(answer);
            answer = once(client, call, turns, result);
        }
        result.set("completion", GenaiTurns.told(answer));
    }

    /** The answer, in the pieces it came in. */
    private static List<GenerateContentResponse> once(Client client, Call call, GenaiTurns turns, ObjectNode result) {
        if (call.operation().equals("complete")) {
            GenerateContentResponse whole =
                    client.models.generateContent(turns.model(), turns.contents(), turns.config());
            result.withArray("raw").add(node(whole));
            return List.of(whole);
        }
        List<GenerateContentResponse> answer = new ArrayList<>();
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(turns.model(), turns.contents(), turns.config())) {
            Iterator<GenerateContentResponse> chunks = stream.iterator();
            while (chunks.hasNext()) {
                answer.add(chunks.next());
                result.withArray("raw").add(node(answer.getLast()));
                String text = GenaiTurns.text(List.of(answer.getLast()), false);
                if (!text.isEmpty()) {
                    result.withArray("texts").add(text);
                }
                if (call.stopAfter() > 0 && result.path("texts").size() == call.stopAfter()) {
                    result.put("leftAt", System.currentTimeMillis());
                    return answer;
                }
            }
        }
        return answer;
    }

    private static void models(Client client, ArrayNode models) {
        client.models
                .list(ListModelsConfig.builder().build())
                .forEach(model -> models.add(model.name().orElseThrow()));
    }

    private static void count(Client client, Call call, ObjectNode result) {
        client.models
                .countTokens(text(call, "model"), text(call, "text"), null)
                .totalTokens()
                .ifPresent(tokens -> result.put("tokens", tokens));
    }

    private static void embed(Client client, Call call, ArrayNode vectors) {
        List<String> inputs = call.request().path("inputs").values().stream()
                .map(JsonNode::asString)
                .toList();
        client.models
                .embedContent(text(call, "model"), inputs, null)
                .embeddings()
                .orElseThrow()
                .forEach(embedding -> {
                    ArrayNode vector = vectors.addArray();
                    embedding.values().orElseThrow().forEach(vector::add);
                });
    }

    private static String text(Call call, String member) {
        return call.request().path(member).asString();
    }

    private static ObjectNode raised(RuntimeException e) {
        ObjectNode error = JSON.createObjectNode()
                .put("class", e.getClass().getSimpleName())
                .put("message", e.getMessage());
        if (e instanceof ApiException said) {
            error.put("status", said.code()).put("type", said.status());
        }
        return error;
    }

    static JsonNode node(JsonSerializable value) {
        return JSON.readTree(value.toJson());
    }
}
