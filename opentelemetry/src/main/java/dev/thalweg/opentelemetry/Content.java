package dev.thalweg.opentelemetry;

import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Questions and answers as the conventions want them: JSON of messages, each with a role and parts. */
final class Content {
    private Content() {}

    /** The question. */
    static String of(ChatRequest request) {
        return json(request.messages().stream().map(Content::message).toList());
    }

    /** The answer, a message for each choice. */
    static String of(ChatResponse response) {
        return json(response.choices().stream().map(Content::choice).toList());
    }

    private static Map<String, Object> message(Message message) {
        return object(
                "role",
                message.role(),
                "parts",
                message.parts().stream().map(Content::part).toList());
    }

    private static Map<String, Object> choice(ChatChoice choice) {
        List<Map<String, Object>> parts = new ArrayList<>();
        if (!choice.reasoning().isEmpty()) {
            parts.add(object("type", "reasoning", "content", choice.reasoning()));
        }
        String text = choice.content().isEmpty() ? choice.refusal() : choice.content();
        if (!text.isEmpty()) {
            parts.add(text(text));
        }
        choice.toolCalls().forEach(call -> parts.add(call(call)));
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        message.put("parts", parts);
        message.put(
                "finish_reason", choice.finishReason().map(FinishReason::raw).orElse("error"));
        return message;
    }

    private static Map<String, Object> part(Part part) {
        return switch (part) {
            case Part.Text text -> text(text.text());
            case Part.Refusal refusal -> text(refusal.text());
            case Part.Reasoning reasoning ->
                object("type", "reasoning", "content", reasoning.block().text());
            case Part.Call call -> call(call.call());
            case Part.ToolResult result ->
                object("type", "tool_call_response", "id", result.callId(), "response", result.text());
            case Part.Image image -> attachment("image", image.source());
            case Part.Sound sound -> attachment("audio", sound.source());
            case Part.File file -> attachment("document", file.source());
            default -> object("type", part.getClass().getSimpleName());
        };
    }

    private static Map<String, Object> text(String text) {
        return object("type", "text", "content", text);
    }

    private static Map<String, Object> call(ToolCall call) {
        return object("type", "tool_call", "id", call.id(), "name", call.name(), "arguments", arguments(call));
    }

    private static Object arguments(ToolCall call) {
        try {
            return new RawJson(call.arguments()).as(Object.class);
        } catch (IllegalArgumentException e) {
            return call.arguments();
        }
    }

    /** Where it is; the bytes themselves would only burden a trace. */
    private static Map<String, Object> attachment(String modality, Part.Source source) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("type", source.isData() ? "blob" : source.fileId() != null ? "file" : "uri");
        part.put("modality", modality);
        if (source.isData()) {
            part.put("mime_type", source.mediaType());
        } else if (source.fileId() != null) {
            part.put("file_id", source.fileId());
        } else if (source.url() != null) {
            part.put("uri", source.url());
        }
        return part;
    }

    /** Names and values in turn; they are written in this order. */
    private static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }

    private static String json(List<Map<String, Object>> messages) {
        return JsonMapper.shared().writeValueAsString(messages);
    }
}
