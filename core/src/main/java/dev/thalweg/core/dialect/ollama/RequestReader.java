package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.GatewayFields;
import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.dialect.OperatorFields;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ResponseFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a caller's chat, or his prompt: that is a chat in which he says one thing. What the vocabulary has no word for is kept
 * as it was sent, for whoever has.
 */
final class RequestReader {
    private static final Set<String> READ = Set.of(
            "model",
            "messages",
            "prompt",
            "system",
            "images",
            "tools",
            "stream",
            "format",
            "think",
            "options",
            "logprobs",
            "top_logprobs");

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, true);

    /** Reads the body in these bytes. */
    ChatRequest read(byte[] array, int offset, int length, boolean generates) {
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
        if (generates) {
            prompt(body, request);
        } else {
            new MessageReader(cursor).read(body, request);
            ToolReader.read(cursor, body, request);
        }
        format(body, request);
        think(body, request);
        logprobs(body, request);
        new OptionsReader(request).read(body.object("options"));
        body.others(READ).forEach((name, json) -> {
            if (!GatewayFields.NAMES.contains(name) && !isVoid(json)) {
                keep(request, name, json);
            }
        });
        return request.build();
    }

    /** Keeps a field as it was sent. */
    static void keep(ChatRequest.Builder request, String name, RawJson json) {
        try {
            request.extra(name, json.text());
        } catch (IllegalArgumentException e) {
            throw Members.problem("'" + name + "' is not JSON that can be passed on.", name, "invalid_parameter_value");
        }
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

    private static void prompt(Members body, ChatRequest.Builder request) {
        String system = body.text("system");
        if (system != null && !system.isEmpty()) {
            request.system(system);
        }
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Text(body.required("prompt")));
        body.texts("images").forEach(data -> parts.add(new Part.Image(Images.source(data), null, Map.of())));
        request.message(Message.of("user", parts));
    }

    /** {@code json}, or a schema. Some clients send an empty text for none. */
    private static void format(Members body, ChatRequest.Builder request) {
        if (!body.isText("format")) {
            RawJson schema = body.object("format") == null ? null : body.raw("format");
            if (schema != null) {
                request.responseFormat(ResponseFormat.schema("answer", schema));
            }
            return;
        }
        String format = body.required("format");
        if (format.equals("json")) {
            request.responseFormat(ResponseFormat.JSON);
        } else if (!format.isEmpty()) {
            throw Members.problem("'format' must be \"json\" or a JSON schema.", "format", "invalid_parameter_value");
        }
    }

    /** Yes, no, or how much. Who asks for thinking wants to see it. */
    private static void think(Members body, ChatRequest.Builder request) {
        if (body.isText("think")) {
            String effort = body.required("think");
            if (!effort.isEmpty()) {
                request.reasoning(ReasoningOptions.effort(effort).withSummary("auto"));
            }
            return;
        }
        Boolean think = body.bool("think");
        if (think != null) {
            request.reasoning(
                    think ? ReasoningOptions.effort("medium").withSummary("auto") : ReasoningOptions.budget(0));
        }
    }

    private static void logprobs(Members body, ChatRequest.Builder request) {
        Boolean wanted = body.bool("logprobs");
        Integer alternatives = body.count("top_logprobs");
        if (wanted != null && wanted) {
            request.logprobs(alternatives == null ? 0 : alternatives);
        }
    }

    /** Clients send some fields always, with nothing in them. */
    private static boolean isVoid(RawJson json) {
        return switch (json.text()) {
            case "\"\"", "[]", "{}", "false" -> true;
            default -> false;
        };
    }
}
