package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A tool's call that is being written. It is shown when its name and id are known, or when its arguments begin: some providers
 * send an id late or never.
 */
final class CallItem implements OpenItem {
    private final EventLines lines;
    private final String id;
    private final int index;
    private final ByteBuilder arguments = new ByteBuilder(128);
    private @Nullable String callId;
    private @Nullable String name;
    private @Nullable String namespace;
    private boolean custom;
    private boolean shown;
    private byte[] place = {};

    CallItem(EventLines lines, String id, int index) {
        this.lines = lines;
        this.id = id;
        this.index = index;
    }

    /**
     * Whether a piece that could be of this call is of another one: providers exist that use one index for every call, or none.
     */
    boolean isBefore(ToolCallPiece piece) {
        String newId = decoded(piece.id());
        String newName = decoded(piece.name());
        boolean otherId = newId != null && callId != null && !newId.equals(callId);
        if (piece.index() != ToolCallPiece.NO_INDEX) {
            return otherId && newName != null;
        }
        return otherId || (newName != null && name != null && !(newId != null && newId.equals(callId)));
    }

    private static @Nullable String decoded(@Nullable JsonText text) {
        return text == null || text.isEmpty() ? null : text.decode();
    }

    void piece(ToolCallPiece piece) {
        JsonText type = piece.type();
        String newId = decoded(piece.id());
        String newName = decoded(piece.name());
        JsonText more = piece.arguments();
        boolean argued = more != null && !more.isEmpty();
        if (!shown) {
            custom |= type != null && type.is("custom");
            callId = newId == null ? callId : newId;
            name = newName == null ? name : newName;
            if (name != null && (callId != null || argued)) {
                show();
            }
        }
        if (more != null && argued) {
            SafeText.append(arguments, more);
            if (shown) {
                delta(more);
            }
        }
    }

    /** A further field of the call. */
    void namespace(JsonValue value) {
        namespace = value.decode();
    }

    private void show() {
        shown = true;
        place = Bytes.utf8(new ByteBuilder(96)
                .ascii(",\"item_id\":")
                .string(id)
                .ascii(",\"output_index\":")
                .number(index)
                .toString());
        lines.begin("response.output_item.added")
                .ascii(",\"output_index\":")
                .number(index)
                .ascii(",\"item\":");
        item(lines.written(), "in_progress", new ByteBuilder(0));
        lines.end();
        if (arguments.length() > 0) {
            delta(argumentsView());
        }
    }

    private void delta(JsonText piece) {
        lines.delta(
                custom ? "response.custom_tool_call_input.delta" : "response.function_call_arguments.delta",
                place,
                piece);
    }

    /** Whether the arguments are all there, as far as can be seen: another call may begin then. */
    boolean isWhole() {
        if (custom) {
            return true;
        }
        byte[] json = Bytes.utf8(argumentsView().decode());
        try {
            JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false).reset(json, 0, json.length);
            cursor.skip();
            cursor.finish();
            return true;
        } catch (JsonSyntaxException e) {
            return false;
        }
    }

    private JsonText argumentsView() {
        ByteBuilder quoted = new ByteBuilder(arguments.length() + 2)
                .ascii("\"")
                .append(arguments.array(), 0, arguments.length())
                .ascii("\"");
        JsonText view = new JsonText();
        new JsonCursor(JsonCursor.DEFAULT_DEPTH, false)
                .reset(quoted.array(), 0, quoted.length())
                .readText(view);
        return view;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public int size() {
        return arguments.length();
    }

    @Override
    public byte[] close(String status) {
        if (arguments.length() == 0 && !custom && status.equals("completed")) {
            arguments.ascii("{}"); // no arguments at all: an empty string is no JSON
            if (shown) {
                delta(argumentsView());
            }
        }
        if (!shown) {
            show();
        }
        lines.begin(custom ? "response.custom_tool_call_input.done" : "response.function_call_arguments.done")
                .append(place)
                .ascii(custom ? ",\"input\":\"" : ",\"arguments\":\"")
                .append(arguments.array(), 0, arguments.length())
                .ascii("\"");
        lines.end();
        return whole(status);
    }

    @Override
    public byte[] unfinished() {
        return whole("incomplete");
    }

    private byte[] whole(String status) {
        ByteBuilder json = new ByteBuilder(arguments.length() + 160);
        item(json, status, arguments);
        return json.toBytes();
    }

    private void item(ByteBuilder json, String status, ByteBuilder said) {
        json.ascii("{\"id\":")
                .string(id)
                .ascii(custom ? ",\"type\":\"custom_tool_call\"" : ",\"type\":\"function_call\"");
        json.ascii(",\"status\":\"").ascii(status).ascii(custom ? "\",\"input\":\"" : "\",\"arguments\":\"");
        json.append(said.array(), 0, said.length())
                .ascii("\",\"call_id\":")
                .string(callId == null ? "call_" + id : callId);
        json.ascii(",\"name\":").string(name == null ? "" : name);
        if (namespace != null) {
            SafeText.append(json.ascii(",\"namespace\":"), namespace);
        }
        json.ascii("}");
    }
}
