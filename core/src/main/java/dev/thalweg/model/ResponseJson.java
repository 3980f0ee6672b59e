package dev.thalweg.model;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Writes an answer as a {@code chat.completion}. What the answer does not have is left out. */
final class ResponseJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ResponseJson() {}

    static String write(ChatResponse response) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", response.id()).put("object", "chat.completion");
        response.created().ifPresent(created -> json.put("created", created.getEpochSecond()));
        json.put("model", response.model());
        ArrayNode choices = json.putArray("choices");
        response.choices().forEach(choice -> choice(choices.addObject(), choice));
        response.usage().ifPresent(usage -> usage(json, usage));
        extra(json, response.extra());
        return MAPPER.writeValueAsString(json);
    }

    private static void choice(ObjectNode json, ChatChoice choice) {
        json.put("index", choice.index());
        message(json.putObject("message"), choice);
        choice.logprobs().ifPresentOrElse(logprobs -> raw(json, "logprobs", logprobs), () -> json.putNull("logprobs"));
        json.put("finish_reason", choice.finishReason().map(FinishReason::raw).orElse(null));
        extra(json, choice.extra());
    }

    private static void message(ObjectNode json, ChatChoice choice) {
        json.put("role", "assistant");
        boolean otherwise = !choice.toolCalls().isEmpty()
                || !choice.refusal().isEmpty()
                || !choice.images().isEmpty()
                || choice.audio().isPresent();
        json.put("content", choice.content().isEmpty() && otherwise ? null : choice.content());
        putText(json, "reasoning_content", choice.reasoning());
        if (!choice.messageExtra().containsKey("reasoning_details")) {
            thinking(json, choice.reasoningBlocks());
        }
        putText(json, "refusal", choice.refusal());
        calls(json, choice.toolCalls());
        rawList(json, "annotations", choice.annotations());
        choice.audio().ifPresent(audio -> raw(json, "audio", audio.raw()));
        rawList(json, "images", choice.images());
        extra(json, choice.messageExtra());
    }

    private static void thinking(ObjectNode json, List<ReasoningBlock> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        ArrayNode array = json.putArray("thinking_blocks");
        for (ReasoningBlock block : blocks) {
            ObjectNode node = array.addObject();
            block.redacted()
                    .ifPresentOrElse(
                            data -> node.put("type", "redacted_thinking").put("data", data),
                            () -> node.put("type", "thinking").put("thinking", block.text()));
            block.signature().ifPresent(signature -> node.put("signature", signature));
        }
    }

    private static void calls(ObjectNode json, List<ToolCall> calls) {
        for (ToolCall call : calls) {
            if (call.type().equals(ToolCall.FUNCTION_CALL)) {
                json.putObject("function_call").put("name", call.name()).put("arguments", call.arguments());
                continue;
            }
            ArrayNode array = json.withArray("tool_calls");
            ObjectNode node = array.addObject().put("id", call.id()).put("type", call.type());
            boolean custom = call.type().equals(ToolCall.CUSTOM);
            node.putObject(custom ? "custom" : "function")
                    .put("name", call.name())
                    .put(custom ? "input" : "arguments", call.arguments());
            extra(node, call.extra());
        }
    }

    private static void usage(ObjectNode json, Usage usage) {
        RawJson raw = usage.raw().orElse(null);
        if (raw != null && raw.text().contains("\"prompt_tokens\"")) {
            raw(json, "usage", raw);
            return;
        }
        ObjectNode node = json.putObject("usage")
                .put("prompt_tokens", usage.inputTokens())
                .put("completion_tokens", usage.outputTokens())
                .put("total_tokens", usage.totalTokens());
        if (usage.estimated()) {
            node.put("estimated", true);
        }
    }

    private static void putText(ObjectNode json, String name, String text) {
        if (!text.isEmpty()) {
            json.put(name, text);
        }
    }

    private static void rawList(ObjectNode json, String name, List<RawJson> values) {
        if (!values.isEmpty()) {
            ArrayNode array = json.putArray(name);
            values.forEach(value -> array.addRawValue(new RawValue(value.text())));
        }
    }

    private static void extra(ObjectNode json, Map<String, RawJson> fields) {
        fields.forEach((name, value) -> {
            if (!json.has(name)) {
                raw(json, name, value);
            }
        });
    }

    private static void raw(ObjectNode json, String name, RawJson value) {
        json.putRawValue(name, new RawValue(value.text()));
    }
}
