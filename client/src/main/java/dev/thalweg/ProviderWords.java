package dev.thalweg;

import dev.thalweg.core.dialect.Origin;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes out of an answer what a gateway put there for the provider behind it, so that it is the provider's own answer. */
final class ProviderWords {
    private static final String WARNINGS = "thalweg_warnings";
    private static final String FINISH = "native_finish_reason";
    private static final String DETAILS = "reasoning_details";

    /** Blocks of words that nobody signed: the gateway writes them of any reasoning, and no provider wants them back. */
    private static final Pattern PLAIN = Pattern.compile(
            "\\[(?:,?\\{\"type\":\"reasoning\\.text\",\"text\":\"(?:[^\"\\\\]|\\\\.)*+\",\"index\":\\d+})++]",
            Pattern.DOTALL);

    private ProviderWords() {}

    /** What the gateway warns of. */
    static List<String> warnings(ChatResponse response) {
        RawJson told = response.extra().get(WARNINGS);
        try {
            return told == null ? List.of() : List.of(told.as(String[].class));
        } catch (IllegalArgumentException | NullPointerException notTexts) {
            return List.of();
        }
    }

    /**
     * The answer in the provider's words.
     *
     * @param dialect the protocol it came in, which is the provider's where the gateway marks no other
     */
    static ChatResponse in(ChatResponse response, String dialect) {
        ChatResponse.Builder own = response.toBuilder()
                .choices(response.choices().stream()
                        .map(choice -> in(choice, dialect))
                        .toList());
        return response.extra().containsKey(WARNINGS)
                ? own.extra(without(response.extra(), WARNINGS)).build()
                : own.build();
    }

    private static ChatChoice in(ChatChoice choice, String dialect) {
        ChatChoice.Builder own = choice.toBuilder()
                .reasoningBlocks(choice.reasoningBlocks().stream()
                        .map(block -> signed(block, dialect))
                        .toList());
        RawJson finish = choice.extra().get(FINISH);
        if (finish != null
                && finish.text().startsWith("\"")
                && choice.finishReason().isPresent()) {
            String word = finish.as(String.class);
            own.finishReason(new FinishReason(choice.finishReason().get().kind(), word))
                    .extra(without(choice.extra(), FINISH));
        }
        RawJson details = choice.messageExtra().get(DETAILS);
        if (details != null && PLAIN.matcher(details.text()).matches()) {
            own.messageExtra(without(choice.messageExtra(), DETAILS));
        }
        return own.build();
    }

    /** A block without the gateway's mark, which says who signed it. */
    private static ReasoningBlock signed(ReasoningBlock block, String dialect) {
        return block.redacted()
                .map(data -> Origin.redacted(data, dialect))
                .orElseGet(() -> Origin.signed(block.text(), block.signature().orElse(null), dialect));
    }

    private static Map<String, RawJson> without(Map<String, RawJson> fields, String name) {
        Map<String, RawJson> others = new LinkedHashMap<>(fields);
        others.remove(name);
        return others;
    }
}
