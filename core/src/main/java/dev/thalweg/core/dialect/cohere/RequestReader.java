package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.GatewayFields;
import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.dialect.OperatorFields;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ResponseFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chat request of a caller's. What the vocabulary has no word for, documents for example, is kept as it was sent, for a
 * provider of this protocol.
 */
final class RequestReader {
    private static final Set<String> READ = Set.of(
            "model",
            "messages",
            "stream",
            "max_tokens",
            "temperature",
            "p",
            "k",
            "stop_sequences",
            "seed",
            "frequency_penalty",
            "presence_penalty",
            "logprobs",
            "response_format",
            "thinking",
            "tools",
            "strict_tools",
            "tool_choice");

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, true);

    /** Reads the body in these bytes. */
    ChatRequest read(byte[] array, int offset, int length) {
        Members body = body(array, offset, length);
        for (String name : body.names()) {
            if (OperatorFields.NAMES.contains(name)) {
                throw Members.problem(
                        "'" + name
                                + "' cannot be set by a request: where the gateway connects is configured by its operator.",
                        name,
                        "forbidden_parameter");
            }
        }
        String model = body.required("model");
        if (model.isBlank()) {
            throw Members.problem("'model' must not be empty.", "model", "invalid_parameter_value");
        }
        Boolean unused = body.bool("stream");
        ChatRequest.Builder request = ChatRequest.builder(model);
        new MessageReader(cursor).read(body, request);
        settings(body, request);
        sampling(body, request);
        format(body.object("response_format"), request);
        thinking(body.object("thinking"), request);
        new ToolReader(cursor).read(body, request);
        body.others(READ).forEach((name, json) -> {
            if (!GatewayFields.NAMES.contains(name)) {
                extra(request, name, json);
            }
        });
        return request.build();
    }

    private Members body(byte[] array, int offset, int length) {
        try {
            cursor.reset(array, offset, length);
            if (cursor.peek() != '{') {
                throw Members.problem("The request body must be a JSON object.", null, "invalid_json");
            }
            JsonValue all = new JsonValue();
            cursor.skip(all);
            cursor.finish();
            return new Members(cursor, all, "");
        } catch (JsonSyntaxException e) {
            throw Members.problem("The request body is not valid JSON: " + e.getMessage() + ".", null, "invalid_json");
        }
    }

    private static void settings(Members body, ChatRequest.Builder request) {
        Integer limit = body.count("max_tokens");
        if (limit != null) {
            request.maxOutputTokens(limit);
        }
        List<String> stop = body.texts("stop_sequences");
        if (!stop.isEmpty()) {
            request.stop(stop);
        }
        Boolean logprobs = body.bool("logprobs");
        if (logprobs != null && logprobs) {
            request.logprobs(0);
        }
    }

    private static void sampling(Members body, ChatRequest.Builder request) {
        Double temperature = body.number("temperature");
        if (temperature != null) {
            request.temperature(temperature);
        }
        Double p = body.number("p");
        if (p != null) {
            request.topP(p);
        }
        Integer k = body.count("k");
        if (k != null && k > 0) { // 0 is how this protocol says "all of them"
            request.topK(k);
        }
        Long seed = body.whole("seed");
        if (seed != null) {
            request.seed(seed);
        }
        Double frequency = body.number("frequency_penalty");
        if (frequency != null) {
            request.frequencyPenalty(frequency);
        }
        Double presence = body.number("presence_penalty");
        if (presence != null) {
            request.presencePenalty(presence);
        }
    }

    private static void format(@Nullable Members format, ChatRequest.Builder request) {
        if (format == null) {
            return;
        }
        switch (format.required("type")) {
            case "text" -> {} // the default
            case "json_object" -> {
                String name = format.has("json_schema") ? "json_schema" : "schema";
                @Nullable Members unused = format.object(name);
                RawJson schema = format.raw(name);
                request.responseFormat(
                        schema == null
                                ? ResponseFormat.JSON
                                : ResponseFormat.schema("answer", schema).with(null, null));
            }
            default ->
                throw Members.problem(
                        "'response_format.type' must be text or json_object.",
                        "response_format.type",
                        "invalid_parameter_value");
        }
    }

    private static void thinking(@Nullable Members thinking, ChatRequest.Builder request) {
        if (thinking == null) {
            return;
        }
        Integer budget = thinking.count("token_budget");
        switch (thinking.required("type")) {
            case "disabled" -> request.reasoning(ReasoningOptions.budget(0));
            case "enabled" ->
                request.reasoning(budget == null ? ReasoningOptions.adaptive() : ReasoningOptions.budget(budget));
            default ->
                throw Members.problem(
                        "'thinking.type' must be enabled or disabled.", "thinking.type", "invalid_parameter_value");
        }
    }

    private static void extra(ChatRequest.Builder request, String name, RawJson json) {
        try {
            request.extra(name, json.text());
        } catch (IllegalArgumentException e) {
            throw Members.problem("'" + name + "' is not JSON that can be passed on.", name, "invalid_parameter_value");
        }
    }
}
