package dev.thalweg.core.stream;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.core.wire.TokenEstimator;
import dev.thalweg.model.LoopLimits;
import dev.thalweg.model.StreamEvent.ExtraField.Owner;
import dev.thalweg.model.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads along in an answer and knows at any time whether it is complete: which choices began and which finished, the
 * last usage, the first content, a repetition without end. Keeps a few numbers; the text only where it is asked to. Not thread-safe.
 */
public final class StreamObserver implements FrameSink {
    /** More choices than any provider gives: above it the answer is not taken for one. */
    public static final int MAX_CHOICES = 128;

    private final LoopGuard guard;
    private final long[] began = new long[2];
    private final long[] finished = new long[2];
    private @Nullable Usage usage;
    private @Nullable String serviceTier;
    private @Nullable String finishReason;
    private boolean content;
    private boolean tooManyChoices;
    private final @Nullable SpokenText spoken;
    private final TokenEstimator tokens = new TokenEstimator();

    /** An observer with {@link LoopLimits#of} this many equal text deltas in a row; 0 or less never stops a stream. */
    public StreamObserver(int repeatedChunkLimit) {
        this(LoopLimits.of(repeatedChunkLimit));
    }

    /** An observer that stops a stream at these limits. */
    public StreamObserver(LoopLimits limits) {
        this(limits, null);
    }

    /** The same, and keeps the text. */
    public StreamObserver(LoopLimits limits, @Nullable SpokenText spoken) {
        this.spoken = spoken;
        this.guard = new LoopGuard(limits);
    }

    @Override
    public void id(JsonText text) {
        if (spoken != null) {
            spoken.id(text);
        }
    }

    @Override
    public void role(int choice, JsonText role) {
        mark(began, choice);
    }

    @Override
    public void text(int choice, JsonText text) {
        content(choice, text);
        guard(LoopGuard.Lane.TEXT, choice, text);
        if (spoken != null) {
            spoken.text(choice, text);
        }
    }

    @Override
    public void reasoning(int choice, JsonText text) {
        content(choice, text);
        guard(LoopGuard.Lane.REASONING, choice, text);
    }

    @Override
    public void refusal(int choice, JsonText text) {
        content(choice, text);
        notOnlyText();
    }

    @Override
    public void toolCall(int choice, ToolCallPiece piece) {
        mark(began, choice);
        content = true;
        notOnlyText();
        JsonText name = piece.name();
        if (name != null && !name.isEmpty()) {
            tokens.addTokens(TokenEstimator.TOOL_CALL_TOKENS);
            tokens.add(name);
        }
        JsonText arguments = piece.arguments();
        if (arguments != null) {
            tokens.add(arguments);
            guard(LoopGuard.Lane.ARGUMENTS, choice, arguments);
        }
    }

    @Override
    public void audio(int choice, JsonValue piece) {
        mark(began, choice);
        content = true;
        notOnlyText();
    }

    @Override
    public void image(int choice, JsonValue image) {
        mark(began, choice);
        content = true;
        notOnlyText();
    }

    @Override
    public void finish(int choice, JsonText reason) {
        mark(began, choice);
        mark(finished, choice);
        notOnlyText();
        if (choice == 0) {
            finishReason = reason.decode();
        }
    }

    @Override
    public void usage(Usage reported) {
        usage = reported;
    }

    @Override
    public void extra(Owner owner, int choice, JsonText name, JsonValue value) {
        // In every chunk of a stream: the first one that is said is kept, and nothing is made for the others.
        if (serviceTier == null && owner == Owner.ANSWER && name.is("service_tier")) {
            String json = value.decode();
            serviceTier = json.startsWith("\"") ? json.substring(1, json.length() - 1) : null;
        }
    }

    @Override
    public boolean stopped() {
        if (spoken != null) {
            spoken.frameEnds();
        }
        return looped() || tooManyChoices;
    }

    /** Whether any content has come: text, reasoning, a refusal or a tool call; not a role, not a filter's prelude. */
    public boolean hasContent() {
        return content;
    }

    /** How many tokens have come, as an estimate from the text: for a provider that counts none. */
    public long estimatedTokens() {
        return tokens.tokens();
    }

    /** The last usage seen, with the service tier, where the answer named one; never a sum. */
    public Optional<Usage> usage() {
        Usage last = usage;
        if (last != null && serviceTier != null && last.serviceTier().isEmpty()) {
            usage = last.toBuilder().serviceTier(serviceTier).build();
        }
        return Optional.ofNullable(usage);
    }

    /** The first choice's finish reason in the provider's word. */
    public Optional<String> finishReason() {
        return Optional.ofNullable(finishReason);
    }

    /** Whether there were more choices than {@link #MAX_CHOICES}. */
    public boolean tooManyChoices() {
        return tooManyChoices;
    }

    /** Whether the model repeated itself too often. */
    public boolean looped() {
        return guard.loop() != null;
    }

    /** What the model repeated, to be read after "the model", without a word of its answer: empty unless it looped. */
    public Optional<String> loop() {
        return Optional.ofNullable(guard.loop());
    }

    /**
     * How the stream ended, from what was seen of it.
     *
     * @param cleanEnd whether the body ended as its framing says it should
     * @param done whether {@code [DONE]} was seen
     */
    public StreamEnd end(boolean cleanEnd, boolean done) {
        if (looped()) {
            return StreamEnd.LOOP;
        }
        if (tooManyChoices) {
            return StreamEnd.PROTOCOL_ERROR;
        }
        if (done) {
            // Another protocol's stream can end in the same marker: without any choice it was no chat.
            return anyChoice() ? StreamEnd.COMPLETE : StreamEnd.PROTOCOL_ERROR;
        }
        return cleanEnd && everyChoiceFinished() ? StreamEnd.COMPLETE : StreamEnd.CUT;
    }

    private boolean anyChoice() {
        return (began[0] | began[1]) != 0;
    }

    private boolean everyChoiceFinished() {
        return anyChoice() && began[0] == finished[0] && began[1] == finished[1];
    }

    private void notOnlyText() {
        if (spoken != null) {
            spoken.other();
        }
    }

    private void content(int choice, JsonText text) {
        mark(began, choice);
        if (!text.isEmpty()) {
            content = true;
            tokens.add(text);
        }
    }

    private void guard(LoopGuard.Lane lane, int choice, JsonText delta) {
        if (choice < MAX_CHOICES) {
            guard.add(lane, choice, delta);
        }
    }

    private void mark(long[] set, int choice) {
        if (choice < 0 || choice >= MAX_CHOICES) {
            tooManyChoices = true;
            return;
        }
        set[choice >> 6] |= 1L << (choice & 63);
    }
}
