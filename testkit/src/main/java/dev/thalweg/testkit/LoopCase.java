package dev.thalweg.testkit;

import java.util.List;
import java.util.Locale;

/**
 * A stream that repeats itself, and what must become of it.
 *
 * @param name what repeats, in a few words; unique among {@link LoopCases#all()}
 * @param limit how many equal text deltas in a row are allowed; 0: any number
 * @param chunks the data of the stream's chunks, in order
 * @param loopAt which of the chunks, counted from 1, completes the loop and must not be passed on; 0: none does
 * @param loop what the loop is, as the engine says it; empty where there is none
 */
public record LoopCase(String name, int limit, List<String> chunks, int loopAt, String loop) {
    /** Copies the list. */
    public LoopCase {
        chunks = List.copyOf(chunks);
    }

    /** Whether the stream must be ended. */
    public boolean loops() {
        return loopAt > 0;
    }

    /** The chunks that must reach the caller. */
    public List<String> passed() {
        return loops() ? chunks.subList(0, loopAt - 1) : chunks;
    }

    /** The stream: one that loops stays open, so that only its reader can end it; any other ends in {@code [DONE]}. */
    public Script script() {
        ScriptBuilder script = Script.sse();
        chunks.forEach(script::event);
        return loops() ? script.hang().build() : script.event("[DONE]").build();
    }

    /** What must become of the stream, in words. */
    public String verdict() {
        return loops() ? String.format(Locale.ROOT, "ended at chunk %,d: %s", loopAt, loop) : "passed on";
    }

    @Override
    public String toString() {
        return name;
    }
}
