package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Splices;
import org.jspecify.annotations.Nullable;

/**
 * Passes a whole completion on as it came, but for the model's name. The unary sister of {@link Relay}; takes one completion
 * after the other. Not thread-safe.
 */
public final class CompletionRelay {
    private final ResponseReader reader = new ResponseReader();
    private @Nullable ErrorBody error;

    /**
     * Reads the next completion, in these bytes; blank lines before it are fine.
     *
     * @throws dev.thalweg.core.wire.JsonSyntaxException when it is not JSON
     */
    public void read(byte[] array, int offset, int length, FrameSink observer) {
        error = null;
        reader.read(array, offset, length, observer);
        if (reader.isError()) {
            error = ErrorReader.read(array, offset, length);
        }
    }

    /** Whether it is an answer: it has choices and is no error. */
    public boolean isAnswer() {
        return error == null && reader.choices() >= 0;
    }

    /** The error it is instead of an answer; null where it is none. */
    public @Nullable ErrorBody error() {
        return error;
    }

    /** What to change so that the caller finds the model under the name he asked for. */
    public Splices rename(String alias) {
        Splices splices = new Splices();
        ResponseReader.Member model = reader.modelMember();
        if (model.present()) {
            byte[] name = new ByteBuilder(alias.length() + 2).string(alias).toBytes();
            splices.replace(model.valueStart, model.end, name);
        }
        return splices;
    }
}
