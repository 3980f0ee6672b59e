package dev.thalweg.core.dialect.anthropic;

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
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message request of a caller's. What the vocabulary has no word for, betas for example, is kept as it was sent, for
 * a provider of this protocol. {@code max_tokens} may be left out here: not every provider wants it.
 */
final class RequestReader {
    private static final Set<String> READ = Set.of(
            "model",
            "messages",
            "system",
            "max_tokens",
            "temperature",
            "top_p",
            "top_k",
            "stop_sequences",
            "stream",
            "metadata",
            "thinking",
            "output_config",
            "output_format",
            "tools",
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
        metadata(body, request);
        reasoning(body, request);
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
        Double temperature = body.number("temperature");
        if (temperature != null) {
            request.temperature(temperature);
        }
        Double topP = body.number("top_p");
        if (topP != null) {
            request.topP(topP);
        }
        Integer topK = body.count("top_k");
        if (topK != null) {
            request.topK(topK);
        }
        request.stop(body.texts("stop_sequences"));
    }

    private static void metadata(Members body, ChatRequest.Builder request) {
        Members metadata = body.object("metadata");
        if (metadata == null) {
            return;
        }
        String user = metadata.text("user_id");
        if (user != null) {
            request.endUser(user);
        }
        RawJson all = body.raw("metadata");
        if (all != null && !metadata.others(Set.of("user_id")).isEmpty()) {
            extra(request, "metadata", all);
        }
    }

    /** How much to think stands in two places; what of them cannot be said in the vocabulary is kept beside it. */
    private static void reasoning(Members body, ChatRequest.Builder request) {
        @Nullable ReasoningOptions options = null;
        Members thinking = body.object("thinking");
        if (thinking != null) {
            options = thinking(thinking);
            if ("omitted".equals(thinking.text("display"))) {
                keep(body, "thinking", request);
            }
        }
        Members output = body.object("output_config");
        if (output != null) {
            String effort = output.text("effort");
            if (effort != null) {
                options = (options == null ? ReasoningOptions.adaptive() : options).withEffort(effort);
            }
            format(output.object("format"), request);
            if (!output.others(Set.of("effort", "format")).isEmpty()) {
                keep(body, "output_config", request);
            }
        }
        format(body.object("output_format"), request);
        if (options != null) {
            request.reasoning(options);
        }
    }

    private static ReasoningOptions thinking(Members thinking) {
        String type = thinking.required("type");
        ReasoningOptions options = switch (type) {
            case "disabled" -> ReasoningOptions.budget(0);
            case "adaptive" -> ReasoningOptions.adaptive();
            case "enabled" -> {
                Integer budget = thinking.count("budget_tokens");
                yield budget == null ? ReasoningOptions.adaptive() : ReasoningOptions.budget(budget);
            }
            default ->
                throw Members.problem(
                        "'thinking.type' must be enabled, adaptive or disabled.",
                        "thinking.type",
                        "invalid_parameter_value");
        };
        return "summarized".equals(thinking.text("display")) ? options.withSummary("auto") : options;
    }

    private static void format(@Nullable Members format, ChatRequest.Builder request) {
        if (format == null) {
            return;
        }
        RawJson schema = format.raw("schema");
        if (schema == null || !format.required("type").equals("json_schema")) {
            throw Members.problem(
                    "'" + format.path() + "' must have the type json_schema and a schema.",
                    format.path(),
                    "invalid_parameter_value");
        }
        String name = format.text("name");
        request.responseFormat(ResponseFormat.schema(name == null ? "answer" : name, schema));
    }

    private static void keep(Members body, String name, ChatRequest.Builder request) {
        RawJson json = body.raw(name);
        if (json != null) {
            extra(request, name, json);
        }
    }

    private static void extra(ChatRequest.Builder request, String name, RawJson json) {
        try {
            request.extra(name, json.text());
        } catch (IllegalArgumentException e) {
            throw Members.problem("'" + name + "' is not JSON that can be passed on.", name, "invalid_parameter_value");
        }
    }

    /** The further fields of an object, by name; none of these. */
    static Map<String, RawJson> extra(Members members, String... known) {
        return members.others(Set.of(known));
    }
}
