package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.wire.ByteBuilder;

/** What has to be remembered of a block of content until it stops. */
final class OpenBlock {
    /** What a block is. */
    enum Kind {
        /** Told as it comes. */
        TOLD,
        TOOL_USE,
        /** The call of a tool that runs at the provider: kept whole. */
        SERVER_CALL,
        /** The result of one: kept whole. */
        SERVER_RESULT
    }

    final Kind kind;

    /** The position of a tool's call among the calls of its message. */
    final int call;

    /** What its beginning said, without the braces. */
    final String begun;

    /** Whether any arguments came since. */
    boolean continued;

    /** What came since: characters of the input, spelled as in a JSON string, or the elements of a list. */
    final ByteBuilder grown = new ByteBuilder(0);

    OpenBlock(Kind kind, int call, String begun) {
        this.kind = kind;
        this.call = call;
        this.begun = begun;
    }
}
