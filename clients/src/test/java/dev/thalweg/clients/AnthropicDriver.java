package dev.thalweg.clients;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.ObjectMappers;
import com.anthropic.core.Timeout;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Anthropic's client for Java, in this JVM. It does what {@code anthropic.mjs} does, and has the library check each
 * object, since its types are only read when asked for.
 */
final class AnthropicDriver implements Driver {
    private static final JsonMapper LIBRARY = ObjectMappers.jsonMapper();
    private static final tools.jackson.databind.json.JsonMapper JSON = tools.jackson.databind.json.JsonMapper.shared();

    @Override
    public String version() {
        return AnthropicClient.class.getPackage().getImplementationVersion() + " on Java " + Runtime.version();
    }

    @Override
    public JsonNode call(Call call) {
        AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl(call.baseUrl())
                .apiKey(call.apiKey())
                .maxRetries(call.maxRetries())
                // Its plain timeout bounds the whole call; this is the one that the other libraries have.
                .timeout(Timeout.builder()
                        .read(Duration.ofMillis(call.timeoutMillis()))
                        .build())
                .build();
        ObjectNode result = JSON.createObjectNode();
        try {
            switch (call.operation()) {
                case "complete" -> complete(client, call, result);
                case "stream" -> stream(client, call, result);
                case "assemble" -> assemble(client, call, result);
                case "count" -> count(client, call, result);
                case "models" -> models(client, result.putArray("models"));
                case "model" -> {
                    String name = call.request().path("model").asString();
                    result.set("model", node(client.models().retrieve(name).validate()));
                }
                default -> throw new IllegalArgumentException(call.operation());
            }
        } catch (RuntimeException e) {
            result.set("error", raised(e));
        } finally {
            client.close();
        }
        return result;
    }

    private static void complete(AnthropicClient client, Call call, ObjectNode result) {
        try (HttpResponseFor<Message> response =
                client.messages().withRawResponse().create(params(call))) {
            result.set("completion", node(call.checked() ? response.parse().validate() : response.parse()));
            response.requestId().ifPresent(id -> result.put("requestId", id));
        }
    }

    private static void stream(AnthropicClient client, Call call, ObjectNode result) {
        ArrayNode chunks = result.putArray("chunks");
        try (StreamResponse<RawMessageStreamEvent> response = client.messages().createStreaming(params(call))) {
            response.stream().forEach(event -> chunks.add(node(call.checked() ? event.validate() : event)));
        }
    }

    private static void assemble(AnthropicClient client, Call call, ObjectNode result) {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> response = client.messages().createStreaming(params(call))) {
            response.stream().forEach(accumulator::accumulate);
        }
        Message message = accumulator.message();
        result.set("completion", node(call.checked() ? message.validate() : message));
    }

    private static void count(AnthropicClient client, Call call, ObjectNode result) {
        var body = read(call, MessageCountTokensParams.Body.class);
        var params = MessageCountTokensParams.builder().body(body).build();
        result.set("completion", node(client.messages().countTokens(params).validate()));
    }

    private static void models(AnthropicClient client, ArrayNode models) {
        client.models().list().autoPager().forEach(model -> models.add(node(model.validate())));
    }

    private static ObjectNode raised(RuntimeException e) {
        ObjectNode error = JSON.createObjectNode();
        error.put("class", e.getClass().getSimpleName()).put("message", e.getMessage());
        if (e instanceof AnthropicServiceException said) {
            error.put("status", said.statusCode());
            said.errorType().ifPresent(type -> error.put("type", type.asString()));
            said.requestId().ifPresent(id -> error.put("requestId", id));
            said.headers().values("retry-after").forEach(wait -> error.put("retryAfter", wait));
        }
        return error;
    }

    private static MessageCreateParams params(Call call) {
        return MessageCreateParams.builder()
                .body(read(call, MessageCreateParams.Body.class))
                .build();
    }

    private static <T> T read(Call call, Class<T> type) {
        try {
            return LIBRARY.readValue(call.request().toString(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("anthropic-java cannot read this request", e);
        }
    }

    private static JsonNode node(Object value) {
        try {
            return JSON.readTree(LIBRARY.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("anthropic-java cannot write what it has read", e);
        }
    }
}
