package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.dialect.OperatorFields;
import dev.thalweg.core.dialect.ToolInput;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ResponseFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Converse request of a caller's; its path names the model. What the vocabulary has no word for, a guardrail for
 * example, is kept as it was sent, for a provider of this protocol.
 */
final class RequestReader {
    private static final Set<String> READ = Set.of(
            "messages",
            "system",
            "inferenceConfig",
            "toolConfig",
            "outputConfig",
            "additionalModelRequestFields",
            "model",
            "stream");

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
        ChatRequest.Builder request = ChatRequest.builder(BedrockDialect.NAME);
        new MessageReader(cursor).read(body, request);
        inference(body.object("inferenceConfig"), request);
        new ToolReader(cursor).read(body.object("toolConfig"), request);
        AdditionalReader.read(body.object("additionalModelRequestFields"), request);
        format(body, request);
        body.others(READ).forEach((name, json) -> extra(request, name, json));
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

    private static void inference(@Nullable Members config, ChatRequest.Builder request) {
        if (config == null) {
            return;
        }
        Integer limit = config.count("maxTokens");
        if (limit != null) {
            request.maxOutputTokens(limit);
        }
        Double temperature = config.number("temperature");
        if (temperature != null) {
            request.temperature(temperature);
        }
        Double topP = config.number("topP");
        if (topP != null) {
            request.topP(topP);
        }
        request.stop(config.texts("stopSequences"));
    }

    private void format(Members body, ChatRequest.Builder request) {
        Members output = body.object("outputConfig");
        Members text = output == null ? null : output.object("textFormat");
        Members structure = text == null ? null : text.object("structure");
        Members schema = structure == null ? null : structure.object("jsonSchema");
        if (schema == null) {
            RawJson raw = body.raw("outputConfig");
            if (raw != null) {
                extra(request, "outputConfig", raw);
            }
            return;
        }
        String json = schema.required("schema");
        if (!ToolInput.isObject(json)) {
            String path = schema.path("schema");
            throw Members.problem("'" + path + "' must be a JSON object in a string.", path, "invalid_parameter_value");
        }
        String name = schema.text("name");
        request.responseFormat(ResponseFormat.schema(name == null ? "answer" : name, new RawJson(json))
                .with(schema.text("description"), true));
    }

    static void extra(ChatRequest.Builder request, String name, RawJson json) {
        try {
            request.extra(name, json.text());
        } catch (IllegalArgumentException e) {
            throw Members.problem("'" + name + "' is not JSON that can be passed on.", name, "invalid_parameter_value");
        }
    }
}
