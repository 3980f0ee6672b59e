package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.FinishReason;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A choice that is being written, in chunks that each have this choice alone. Not thread-safe. */
final class OpenChoice {
    private static final Set<String> OWN = Set.of("index", "delta", "message", "logprobs", "finish_reason");

    final int index;
    final CallDeltas calls;
    private final ChunkFrame frame;
    private final boolean functions;
    private final byte[] open;
    private final ByteBuilder extras = new ByteBuilder(0);
    private @Nullable String ownWord;
    private int reasoningBlock;

    /** Whether the reasoning block at hand has begun. */
    boolean reasons;

    /** Why it ended; null as long as that was not said. */
    @Nullable
    FinishReason reason;

    /** Begins the choice: its first chunk has the role. */
    OpenChoice(ChunkFrame frame, int index, String callIds, boolean functions) {
        this.frame = frame;
        this.index = index;
        this.functions = functions;
        this.open = Bytes.utf8("{\"index\":" + index + ",\"delta\":{");
        this.calls = new CallDeltas(this, callIds + "_" + index, functions);
        open().ascii("\"role\":\"assistant\",\"content\":\"\"");
        close();
    }

    /** Begins a chunk: what follows are the members of its delta. */
    ByteBuilder open() {
        return frame.begin().append(open);
    }

    /** Ends a chunk. */
    void close() {
        frame.out().ascii("},\"logprobs\":null,\"finish_reason\":null");
        end();
    }

    /** Ends a chunk inside the only one of its reasoning details, in a string. */
    void closeDetail() {
        frame.out().ascii("\",\"index\":").number(reasoningBlock).ascii("}]");
        close();
    }

    /** Reasoning that comes next is another block. */
    void endReasoning() {
        reasoningBlock += reasons ? 1 : 0;
        reasons = false;
    }

    void logprobs(JsonValue logprobs) {
        Json.value(open().ascii("},\"logprobs\":"), logprobs).ascii(",\"finish_reason\":null");
        end();
    }

    /** A further field, which goes with the next chunk. */
    void extra(JsonText name, JsonValue value) {
        String key = name.decode();
        if (key.equals(FinishWord.NATIVE)) {
            ownWord = value.decode();
        } else if (!OWN.contains(key)) {
            Json.value(Json.text(extras.ascii(",\""), name).ascii("\":"), value);
        }
    }

    /** Its last chunk. An upstream that gave no reason, and is complete all the same, was done. */
    void finish() {
        FinishReason said = reason == null ? FinishReason.of("stop") : reason;
        calls.complete(said.kind() == FinishReason.Kind.LENGTH);
        String word = FinishWord.of(said, calls.any(), functions || calls.isFunctionCall());
        open().ascii("},\"logprobs\":null,\"finish_reason\":").string(word);
        String own =
                ownWord != null ? ownWord : reason == null || said.raw().equals(word) ? null : Json.quoted(said.raw());
        if (own != null) {
            Json.value(frame.out().ascii(",\"" + FinishWord.NATIVE + "\":"), own);
        }
        end();
    }

    private void end() {
        frame.out().append(extras.array(), 0, extras.length()).ascii("}");
        extras.clear();
        frame.end();
    }
}
