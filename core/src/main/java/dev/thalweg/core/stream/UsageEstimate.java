package dev.thalweg.core.stream;

import dev.thalweg.core.wire.TokenEstimator;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.Usage;

/** Usage for an answer whose provider counted nothing, from its texts; marked as estimated. */
public final class UsageEstimate {
    private UsageEstimate() {}

    /**
     * The usage of this answer.
     *
     * @param inputTokens the estimate for its question
     */
    public static Usage of(long inputTokens, ChatResponse response) {
        TokenEstimator output = new TokenEstimator();
        TokenEstimator reasoning = new TokenEstimator();
        for (ChatChoice choice : response.choices()) {
            output.add(choice.content());
            output.add(choice.refusal());
            reasoning.add(choice.reasoning());
            for (ToolCall call : choice.toolCalls()) {
                output.addTokens(TokenEstimator.TOOL_CALL_TOKENS);
                output.add(call.name());
                output.add(call.arguments());
            }
        }
        Usage.Builder usage = Usage.builder()
                .inputTokens(inputTokens)
                .outputTokens(output.tokens() + reasoning.tokens())
                .estimated(true);
        return reasoning.tokens() == 0
                ? usage.build()
                : usage.reasoningTokens(reasoning.tokens()).build();
    }
}
