package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.OperatorFields;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads a caller's request. The model and whether the answer is streamed are said by its path. What the vocabulary has no word
 * for, safety settings for example, is kept as it was sent, for a provider of this protocol.
 */
final class RequestReader {
    private static final Set<String> READ =
            Set.of("model", "stream", "contents", "systemInstruction", "tools", "toolConfig", "generationConfig");

    private RequestReader() {}

    /** Reads the body in these bytes. */
    static ChatRequest read(byte[] array, int offset, int length) {
        Fields all = Fields.of(tree(array, offset, length), "");
        Fields inside = all.has("contents") ? null : all.object("generateContentRequest"); // to be counted
        Fields body = inside == null ? all : inside;
        for (String name : OperatorFields.NAMES) {
            if (body.has(Fields.camel(name))) {
                throw Fields.problem(
                        "'" + name
                                + "' cannot be set by a request: where the gateway connects is configured by its operator.",
                        name,
                        "forbidden_parameter");
            }
        }
        if (!body.has("contents")) {
            throw body.missing("contents");
        }
        String model = body.text("model");
        ChatRequest.Builder request = ChatRequest.builder(model == null ? "" : model);
        List<Message> messages = new ContentReader().read(body);
        if (messages.isEmpty()) {
            throw body.value("contents", "a list with at least one content");
        }
        request.messages(messages);
        ConfigReader.read(body, request);
        ToolReader.read(body, request);
        body.others(READ).forEach((name, value) -> extra(request, name, value));
        return request.build();
    }

    private static JsonNode tree(byte[] array, int offset, int length) {
        try {
            return Nodes.read(array, offset, length);
        } catch (JsonSyntaxException e) {
            throw new RequestProblem("The request body is not valid JSON.", null, "invalid_json");
        }
    }

    /** A field that goes to providers of this protocol as it is. */
    static void extra(ChatRequest.Builder request, String name, JsonNode value) {
        try {
            request.extra(name, Nodes.text(value));
        } catch (IllegalArgumentException e) {
            throw Fields.problem("'" + name + "' cannot be passed on.", name, "invalid_parameter_value");
        }
    }
}
