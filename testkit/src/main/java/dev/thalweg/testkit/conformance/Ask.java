package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request in no protocol's words: what a caller asks, and what an upstream understood. Built by one thread; not changed
 * once a scenario holds it.
 */
public final class Ask {
    /** Whether a tool has to be called. */
    public enum ToolMode {
        /** As the model likes. */
        AUTO,
        /** None. */
        NONE,
        /** At least one. */
        REQUIRED,
        /** The first of the tools. */
        NAMED
    }

    /** What else a caller may wish for. */
    public enum Wish {
        /** The usage at the end of a stream, where the protocol does not send it unasked. */
        USAGE,
        /** Reasoning, and to see it. */
        REASONING,
        /** Something no protocol knows: the field {@value #UNKNOWN_FIELD}. */
        UNKNOWN_FIELD
    }

    /** A field of a request that no protocol knows. */
    static final String UNKNOWN_FIELD = "x_conformance";

    final List<Turn> turns = new ArrayList<>();
    final List<Tool> tools = new ArrayList<>();
    final List<String> stop = new ArrayList<>();
    final Set<Wish> wishes = EnumSet.noneOf(Wish.class);
    ToolMode toolMode = ToolMode.AUTO;
    int choices = 1;

    @Nullable
    String schema;

    @Nullable
    Integer maxTokens;

    @Nullable
    Double temperature;

    @Nullable
    Double topP;

    @Nullable
    Long seed;

    /**
     * A tool.
     *
     * @param name its name
     * @param schema the JSON schema of its arguments
     */
    public record Tool(String name, String schema) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Tool that && name.equals(that.name) && Nodes.sameJson(schema, that.schema);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** A request without anything yet. */
    Ask() {}

    /** A request with these turns. */
    static Ask of(Turn... turns) {
        var ask = new Ask();
        ask.turns.addAll(List.of(turns));
        return ask;
    }

    /** A request of a user who says this. */
    static Ask user(String text) {
        return of(Turn.user(text));
    }

    /** The same request with further turns. */
    Ask then(List<Turn> more) {
        var ask = new Ask();
        ask.turns.addAll(turns);
        ask.turns.addAll(more);
        ask.tools.addAll(tools);
        ask.stop.addAll(stop);
        ask.wishes.addAll(wishes);
        ask.toolMode = toolMode;
        ask.choices = choices;
        ask.schema = schema;
        ask.maxTokens = maxTokens;
        ask.temperature = temperature;
        ask.topP = topP;
        ask.seed = seed;
        return ask;
    }

    Ask tools(ToolMode mode, Tool... all) {
        toolMode = mode;
        tools.addAll(List.of(all));
        return this;
    }

    Ask wish(Wish wish) {
        wishes.add(wish);
        return this;
    }

    Ask stop(String... sequences) {
        stop.addAll(List.of(sequences));
        return this;
    }

    Ask schema(String json) {
        schema = json;
        return this;
    }

    Ask choices(int n) {
        choices = n;
        return this;
    }

    Ask maxTokens(int tokens) {
        maxTokens = tokens;
        return this;
    }

    Ask temperature(double value) {
        temperature = value;
        return this;
    }

    Ask topP(double value) {
        topP = value;
        return this;
    }

    Ask seed(long value) {
        seed = value;
        return this;
    }

    /** Whether this is wished for. */
    boolean wishes(Wish wish) {
        return wishes.contains(wish);
    }
}
