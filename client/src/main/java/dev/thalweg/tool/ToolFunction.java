package dev.thalweg.tool;

import dev.thalweg.model.ToolSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tool and what happens when it is called. Immutable; as safe to share between threads as its body. */
public final class ToolFunction implements ToolSource {
    private final ToolSpec spec;
    private final Body body;

    private ToolFunction(ToolSpec spec, Body body) {
        this.spec = spec;
        this.body = body;
    }

    /** What a tool does. Called on a virtual thread, at once for several calls; an interrupt means that nobody waits any more. */
    @FunctionalInterface
    public interface Body {
        /**
         * Does it.
         *
         * @param arguments what the model wants, not checked against the schema
         * @return the result for the model: text as it is, a {@link dev.thalweg.model.Part} or a list of them as content,
         *     anything else as JSON
         * @throws Exception to tell the model by class and message that it failed; a {@link ToolException} by message only
         */
        @Nullable
        Object call(JsonInput arguments) throws Exception;
    }

    /** A tool that is not known at compile time, or needs no class. */
    public static ToolFunction of(ToolSpec spec, Body body) {
        return new ToolFunction(spec, body);
    }

    /** The same tool under another name. */
    public ToolFunction named(String name) {
        ToolSpec renamed = new ToolSpec(name, spec.description(), spec.parameters())
                .withStrict(spec.strict().orElse(null))
                .withExtra(spec.extra());
        return new ToolFunction(renamed, body);
    }

    /** What the model is told of it. */
    public ToolSpec spec() {
        return spec;
    }

    Body body() {
        return body;
    }

    /** Itself. */
    @Override
    public List<ToolFunction> functions() {
        return List.of(this);
    }

    @Override
    public String toString() {
        return "ToolFunction[" + spec.name() + "]";
    }
}
