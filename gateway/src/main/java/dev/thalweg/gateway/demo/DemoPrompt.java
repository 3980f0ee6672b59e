package dev.thalweg.gateway.demo;

import dev.thalweg.model.ToolCall;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the demo model understands of a request.
 *
 * @param lastRole who spoke last
 * @param question what he said, shortened
 * @param words how many words the whole conversation has
 * @param toolCall the call of the first tool offered, if that is what is wanted
 */
record DemoPrompt(String lastRole, String question, long words, Optional<ToolCall> toolCall) {
    private static final int LONGEST_BODY = 256 * 1024;
    private static final int LONGEST_QUESTION = 200;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    static DemoPrompt of(ByteBuf body) {
        if (body.readableBytes() > LONGEST_BODY) {
            return new DemoPrompt("user", "something very long", body.readableBytes() / 6, Optional.empty());
        }
        byte[] bytes = new byte[body.readableBytes()];
        body.getBytes(body.readerIndex(), bytes);
        try {
            return of(MAPPER.readTree(bytes));
        } catch (JacksonException e) {
            return new DemoPrompt("user", "", 0, Optional.empty());
        }
    }

    private static DemoPrompt of(JsonNode request) {
        long words = 0;
        String role = "user";
        String text = "";
        for (JsonNode message : request.path("messages")) {
            role = message.path("role").asString("user");
            text = text(message.path("content"));
            words += text.isBlank() ? 0 : text.strip().split("\\s+").length;
        }
        String question = text.length() > LONGEST_QUESTION ? text.substring(0, LONGEST_QUESTION) + "…" : text;
        boolean wanted = role.equals("user")
                && !"none".equals(request.path("tool_choice").asString(""));
        JsonNode tool = request.path("tools").path(0).path("function");
        Optional<ToolCall> call = wanted && tool.has("name") ? Optional.of(call(tool)) : Optional.empty();
        return new DemoPrompt(role, question, words, call);
    }

    private static String text(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asString("")).append(' '));
        return text.toString();
    }

    /** A call with an example value for every required argument. */
    private static ToolCall call(JsonNode tool) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        JsonNode parameters = tool.path("parameters");
        for (JsonNode name : parameters.path("required")) {
            JsonNode schema = parameters.path("properties").path(name.asString(""));
            arguments.set(name.asString(""), example(schema));
        }
        String id = "call_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        return ToolCall.of(id, tool.path("name").asString("tool"), arguments.toString());
    }

    private static JsonNode example(JsonNode schema) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (schema.path("enum").size() > 0) {
            return schema.path("enum").path(0);
        }
        return switch (schema.path("type").asString("string")) {
            case "integer", "number" -> json.numberNode(1);
            case "boolean" -> json.booleanNode(true);
            case "array" -> json.arrayNode();
            case "object" -> json.objectNode();
            default -> json.stringNode("demo");
        };
    }

    /** The demo's answer in words. */
    String answer() {
        String about = lastRole.equals("tool")
                ? "Your tool gave back: “" + question + "”."
                : question.isBlank() ? "You said nothing." : "You said: “" + question + "”.";
        @Nullable String version = DemoPrompt.class.getPackage().getImplementationVersion();
        return about + " I am thalweg/demo, a few lines of code inside this Thalweg gateway"
                + (version == null ? "" : " (" + version + ")")
                + " and not a language model, so that is all I can say about it. Your request went the whole way, though:"
                + " caller, gateway, model and back, streamed and honestly ended. To reach a real model, set OPENAI_API_KEY"
                + " (or another provider's variable) and ask for openai/gpt-4o-mini, or start with --config FILE.";
    }
}
