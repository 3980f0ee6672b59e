package dev.thalweg.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.ObjectMappers;
import com.openai.core.Timeout;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's client for Java, in this JVM. It does what {@code driver.mjs} and {@code driver.py} do, and has the library
 * check each object, since its types are only read when asked for.
 */
final class JavaDriver implements Driver {
    static final JsonMapper LIBRARY = ObjectMappers.jsonMapper();
    private static final tools.jackson.databind.json.JsonMapper JSON = tools.jackson.databind.json.JsonMapper.shared();

    @Override
    public String version() {
        return OpenAIClient.class.getPackage().getImplementationVersion() + " on Java " + Runtime.version();
    }

    @Override
    public JsonNode call(Call call) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
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
                case "models" -> models(client, result);
                case "model" -> {
                    String name = call.request().path("model").asString();
                    result.set("model", node(client.models().retrieve(name).validate()));
                }
                default -> JavaResponses.call(client, call, result);
            }
        } catch (RuntimeException e) {
            result.set("error", raised(e));
        } finally {
            client.close();
        }
        return result;
    }

    private static void complete(OpenAIClient client, Call call, ObjectNode result) {
        try (HttpResponseFor<ChatCompletion> response =
                client.chat().completions().withRawResponse().create(params(call))) {
            result.set("completion", node(call.checked() ? response.parse().validate() : response.parse()));
            response.requestId().ifPresent(id -> result.put("requestId", id));
        }
    }

    private static void stream(OpenAIClient client, Call call, ObjectNode result) {
        ArrayNode chunks = result.putArray("chunks");
        try (StreamResponse<ChatCompletionChunk> response =
                client.chat().completions().createStreaming(params(call))) {
            Iterator<ChatCompletionChunk> stream = response.stream().iterator();
            while (stream.hasNext()) {
                ChatCompletionChunk chunk = stream.next();
                chunks.add(node(call.checked() ? chunk.validate() : chunk));
                if (chunks.size() == call.stopAfter()) {
                    result.put("leftAt", System.currentTimeMillis());
                    return;
                }
            }
        }
    }

    private static void assemble(OpenAIClient client, Call call, ObjectNode result) {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> response =
                client.chat().completions().createStreaming(params(call))) {
            response.stream().forEach(accumulator::accumulate);
        }
        ChatCompletion completion = accumulator.chatCompletion();
        result.set("completion", node(call.checked() ? completion.validate() : completion));
    }

    private static void models(OpenAIClient client, ObjectNode result) {
        ArrayNode models = result.putArray("models");
        List<Model> listed = client.models().list().data();
        listed.forEach(model -> models.add(node(model.validate())));
    }

    private static ObjectNode raised(RuntimeException e) {
        ObjectNode error = JSON.createObjectNode();
        error.put("class", e.getClass().getSimpleName()).put("message", e.getMessage());
        if (e instanceof OpenAIServiceException said) {
            error.put("status", said.statusCode());
            put(error, "code", said::code);
            put(error, "param", said::param);
            put(error, "type", said::type);
            said.headers().values("x-request-id").forEach(id -> error.put("requestId", id));
            said.headers().values("retry-after").forEach(wait -> error.put("retryAfter", wait));
        }
        return error;
    }

    /** The library cannot read everything that providers send here, such as numbers. */
    private static void put(ObjectNode error, String name, Supplier<Optional<String>> member) {
        try {
            member.get().ifPresent(value -> error.put(name, value));
        } catch (OpenAIInvalidDataException e) {
            error.put(name + "Unreadable", e.getMessage());
        }
    }

    private static ChatCompletionCreateParams params(Call call) {
        try {
            var body = LIBRARY.readValue(call.request().toString(), ChatCompletionCreateParams.Body.class);
            return ChatCompletionCreateParams.builder().body(body).build();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("openai-java cannot read this request", e);
        }
    }

    static JsonNode node(Object value) {
        try {
            return JSON.readTree(LIBRARY.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("openai-java cannot write what it has read", e);
        }
    }
}
