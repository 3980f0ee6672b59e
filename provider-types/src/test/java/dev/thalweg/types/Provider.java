package dev.thalweg.types;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.anthropic.AnthropicEvent;
import dev.thalweg.types.anthropic.AnthropicMessage;
import dev.thalweg.types.cohere.CohereError;
import dev.thalweg.types.cohere.CohereEvent;
import dev.thalweg.types.cohere.CohereResponse;
import dev.thalweg.types.gemini.GeminiError;
import dev.thalweg.types.gemini.GeminiResponse;
import dev.thalweg.types.groq.GroqChunk;
import dev.thalweg.types.groq.GroqCompletion;
import dev.thalweg.types.groq.GroqError;
import dev.thalweg.types.mistral.MistralChunk;
import dev.thalweg.types.mistral.MistralCompletion;
import dev.thalweg.types.mistral.MistralError;
import dev.thalweg.types.openai.OpenAiChunk;
import dev.thalweg.types.openai.OpenAiCompletion;
import dev.thalweg.types.openai.OpenAiError;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A provider and how to know what it sends. */
enum Provider {
    OPENAI("openai-chat", OpenAiChunk.class, OpenAiCompletion.class, OpenAiError.class, Provider::isWhole),
    GROQ("groq", GroqChunk.class, GroqCompletion.class, GroqError.class, Provider::isWhole),
    MISTRAL("mistral", MistralChunk.class, MistralCompletion.class, MistralError.class, Provider::isWhole),
    ANTHROPIC(
            "anthropic",
            AnthropicEvent.class,
            AnthropicMessage.class,
            AnthropicEvent.class,
            json -> json.path("type").asString("").equals("message")),
    COHERE("cohere", CohereEvent.class, CohereResponse.class, CohereError.class, json -> !json.has("type")),
    GEMINI("gemini", GeminiResponse.class, GeminiResponse.class, GeminiError.class, json -> false);

    private final String recordings;
    private final Class<? extends WireRecord> chunk;
    private final Class<? extends WireRecord> answer;
    private final Class<? extends WireRecord> error;
    private final Predicate<JsonNode> isAnswer;

    Provider(
            String recordings,
            Class<? extends WireRecord> chunk,
            Class<? extends WireRecord> answer,
            Class<? extends WireRecord> error,
            Predicate<JsonNode> isAnswer) {
        this.recordings = recordings;
        this.chunk = chunk;
        this.answer = answer;
        this.error = error;
        this.isAnswer = isAnswer;
    }

    private static boolean isWhole(JsonNode json) {
        return json.path("object").asString("").equals("chat.completion");
    }

    /** The directory of its recordings. */
    String recordings() {
        return recordings;
    }

    /** The type for this frame. */
    Class<? extends WireRecord> typeOf(String frame) {
        JsonNode json = JsonMapper.shared().readTree(frame);
        boolean failed = json.has("error")
                || json.has("detail")
                || json.path("message").isString()
                || json.path("object").asString("").equals("error");
        return failed ? error : isAnswer.test(json) ? answer : chunk;
    }

    WireRecord read(String frame) {
        return new RawJson(frame).as(typeOf(frame));
    }
}
