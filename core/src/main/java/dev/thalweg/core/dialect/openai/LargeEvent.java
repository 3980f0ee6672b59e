package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.RelayOutput;
import dev.thalweg.core.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Decides how much of a large event that is still arriving can be passed on already. That is safe inside the {@code
 * delta} of a choice, once the model's name has gone by (if it is to be changed) and neither usage nor an error has. The
 * event's start and end are held back as ever. Audio and images come in such events.
 */
final class LargeEvent {
    private static final int FROM = 64 * 1024;

    private final byte @Nullable [] alias;
    private final boolean showUsage;
    private int scanned;
    private int passed;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean refused;
    private int stringStart;
    private int keyStart;
    private int keyEnd;
    private boolean inChoices;
    private boolean inDelta;
    private boolean modelAhead;
    private int modelStart;
    private int modelEnd;

    LargeEvent(byte @Nullable [] alias, boolean showUsage) {
        this.alias = alias;
        this.showUsage = showUsage;
    }

    /** How many bytes of the event that is held back were passed on. */
    int passed() {
        return passed;
    }

    /** The event is over. */
    void reset() {
        scanned = 0;
        passed = 0;
        depth = 0;
        inString = false;
        escaped = false;
        refused = false;
        inChoices = false;
        inDelta = false;
        modelAhead = false;
        modelStart = 0;
        modelEnd = 0;
    }

    /** Looks at what is held back now and passes on what can be. */
    void advance(byte[] held, int length, RelayOutput output) {
        if (length < FROM || refused) {
            return;
        }
        if (scanned == 0 && !Bytes.startsWith(held, 0, length, "data:")) {
            refused = true;
            return;
        }
        int from = Math.max(scanned, 5);
        for (scanned = from; scanned < length && !refused; scanned++) {
            scan(held, scanned);
        }
        if (!refused && inDelta && (alias == null || modelEnd > 0)) {
            pass(held, length, output);
        }
    }

    private void pass(byte[] held, int length, RelayOutput output) {
        int from = passed;
        if (alias != null && from < modelStart) {
            output.put(held, from, modelStart - from);
            output.put(alias, 0, alias.length);
            from = modelEnd;
        }
        output.put(held, from, length - from);
        passed = length;
    }

    private void scan(byte[] held, int i) {
        byte b = held[i];
        if (inString) {
            if (escaped) {
                escaped = false;
            } else if (b == '\\') {
                escaped = true;
            } else if (b == '"') {
                inString = false;
                endString(i);
            }
            return;
        }
        switch (b) {
            case '"' -> {
                inString = true;
                stringStart = i + 1;
            }
            case ':' -> key(held);
            // A model that is no string: the next string is not its name.
            case ',' -> modelAhead &= depth != 1;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                depth--;
                // Only what stands behind the delta of a choice can still need a change: it waits for the event's end.
                refused |= inDelta && depth == 3;
                refused |= inChoices && depth == 1;
            }
            case '\n', '\r' -> refused = true;
            default -> {}
        }
    }

    private void endString(int i) {
        if (modelAhead && depth == 1) {
            modelAhead = false;
            modelStart = stringStart - 1;
            modelEnd = i + 1;
        } else {
            keyStart = stringStart;
            keyEnd = i;
        }
    }

    private void key(byte[] held) {
        if (depth == 1) {
            inChoices = Bytes.equal(held, keyStart, keyEnd, "choices");
            modelAhead = Bytes.equal(held, keyStart, keyEnd, "model");
            refused |= Bytes.equal(held, keyStart, keyEnd, "error");
            refused |= !showUsage && Bytes.equal(held, keyStart, keyEnd, "usage");
        } else if (depth == 3 && inChoices) {
            inDelta = Bytes.equal(held, keyStart, keyEnd, "delta");
        }
    }
}
