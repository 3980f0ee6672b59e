package dev.thalweg.tool;

import dev.thalweg.core.dialect.anthropic.AnthropicDialect;
import dev.thalweg.core.dialect.bedrock.BedrockDialect;
import dev.thalweg.core.dialect.gemini.GeminiDialect;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The first choice of an answer as a message of the conversation that goes on. */
final class AssistantTurn {
    /** What providers made beside text and calls and want back. Other fields of their messages they refuse. */
    private static final Set<String> STATE =
            Set.of(AnthropicDialect.CONTENT_BLOCKS, BedrockDialect.CONTENT_BLOCKS, GeminiDialect.PARTS);

    private AssistantTurn() {}

    static Message of(ChatResponse response) {
        if (response.choices().isEmpty()) {
            return Message.assistant("");
        }
        ChatChoice choice = response.choices().get(0);
        List<Part> parts = new ArrayList<>();
        choice.reasoningBlocks().forEach(block -> parts.add(new Part.Reasoning(block)));
        if (parts.isEmpty() && !choice.reasoning().isEmpty()) {
            parts.add(new Part.Reasoning(ReasoningBlock.of(choice.reasoning(), null)));
        }
        parts.addAll(Message.assistant(choice.content(), choice.toolCalls()).parts());
        if (!choice.refusal().isEmpty()) {
            parts.add(new Part.Refusal(choice.refusal()));
        }
        Map<String, RawJson> state = new LinkedHashMap<>(choice.messageExtra());
        state.keySet().retainAll(STATE);
        return Message.of("assistant", parts).withExtra(state);
    }
}
