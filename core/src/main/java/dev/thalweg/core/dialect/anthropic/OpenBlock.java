package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has to be remembered of a block of content until it stops. */
final class OpenBlock {
    /** What a block is. */
    enum Kind {
        TEXT,
        THINKING,
        TOOL_USE,
        /** Told when it began. */
        TOLD,
        /** One that only this protocol has a word for: kept whole. */
        OTHER
    }

    final Kind kind;

    /** The position of a tool's call among the calls of its message. */
    final int call;

    /** The call's arguments as they stood at its beginning, where they did; the block itself of {@link Kind#OTHER}. */
    final @Nullable String begun;

    /** Whether any arguments came since. */
    boolean continued;

    /** A signature that stood at the beginning. */
    @Nullable
    String signature;

    /** The pieces of the input of a tool that runs at the provider. */
    final ByteBuilder input = new ByteBuilder(0);

    /** What came later of a block's members, by name. */
    final Map<String, JsonValue> changed = new LinkedHashMap<>(0);

    OpenBlock(Kind kind, int call, @Nullable String begun) {
        this.kind = kind;
        this.call = call;
        this.begun = begun;
    }
}
