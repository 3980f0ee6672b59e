package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.ToolInput;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import org.jspecify.annotations.Nullable;

/** The call of a tool as it stands in an answer; views, valid until the next one is read. */
final class ToolUse {
    private static final String SERVER = "server_tool_use";

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText idView = new JsonText();
    private final JsonText nameView = new JsonText();
    private final JsonText type = new JsonText();
    private final JsonValue input = new JsonValue();
    private @Nullable JsonText id;
    private @Nullable JsonText name;
    private boolean server;
    private boolean hasInput;

    ToolUse read(JsonValue tool) {
        id = null;
        name = null;
        server = false;
        hasInput = false;
        cursor.reset(tool.array(), tool.start(), tool.end() - tool.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("toolUseId")) {
                id = cursor.textOrSkip(idView);
            } else if (cursor.keyIs("name")) {
                name = cursor.textOrSkip(nameView);
            } else if (cursor.keyIs("type")) {
                server = cursor.textOrSkip(type) != null && type.is(SERVER);
            } else if (cursor.keyIs("input")) {
                hasInput = cursor.peek() != 'n';
                cursor.skip(input);
            } else {
                cursor.skip();
            }
        }
        return this;
    }

    @Nullable
    JsonText id() {
        return id;
    }

    @Nullable
    JsonText name() {
        return name;
    }

    /** Whether the tool runs at the provider: nobody else has to call it. */
    boolean ofServer() {
        return server;
    }

    /** The input as the text others have it in. */
    JsonText arguments() {
        return JsonText.of(hasInput ? input.decode() : ToolInput.NONE);
    }
}
