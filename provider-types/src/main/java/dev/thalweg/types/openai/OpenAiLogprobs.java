package dev.thalweg.types.openai;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How likely the tokens of the answer were. */
public record OpenAiLogprobs(List<Token> content, List<Token> refusal, Extra extra) implements WireRecord {
    public OpenAiLogprobs {
        content = List.copyOf(content);
        refusal = List.copyOf(refusal);
    }

    /**
     * A token.
     *
     * @param logprob the natural logarithm of its probability
     * @param bytes its UTF-8, each from 0 to 255
     * @param topLogprobs the most likely tokens in its place
     */
    public record Token(
            String token, @Nullable Double logprob, List<Integer> bytes, List<Token> topLogprobs, Extra extra)
            implements WireRecord {
        public Token {
            bytes = List.copyOf(bytes);
            topLogprobs = List.copyOf(topLogprobs);
        }
    }
}
