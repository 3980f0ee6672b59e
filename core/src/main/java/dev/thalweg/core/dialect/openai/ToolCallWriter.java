package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ToolCall;
import java.util.List;

/** Writes whole tool calls, as a member of a message or a delta. */
final class ToolCallWriter {
    private ToolCallWriter() {}

    /** The calls as further members of the object that is open; nothing where there are none. */
    static void members(ByteBuilder json, List<ToolCall> calls) {
        String comma = "";
        for (ToolCall call : calls) {
            if (!call.type().equals(ToolCall.FUNCTION_CALL)) {
                json.ascii(comma.isEmpty() ? ",\"tool_calls\":[" : comma);
                call(json, -1, call);
                comma = ",";
            }
        }
        json.ascii(comma.isEmpty() ? "" : "]");
        for (ToolCall call : calls) {
            if (call.type().equals(ToolCall.FUNCTION_CALL)) {
                json.ascii(",\"function_call\":");
                function(json, "arguments", call);
            }
        }
    }

    /** One call; with its index in a delta, without one (negative) in a message. */
    static void call(ByteBuilder json, int index, ToolCall call) {
        json.ascii(index < 0 ? "{" : "{\"index\":" + index + ",")
                .ascii("\"id\":")
                .string(call.id());
        if (call.type().equals(ToolCall.CUSTOM)) {
            json.ascii(",\"type\":\"custom\",\"custom\":");
            function(json, "input", call);
        } else {
            json.ascii(",\"type\":\"function\",\"function\":");
            function(json, "arguments", call);
        }
        call.extra()
                .forEach(
                        (name, value) -> json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text())));
        json.ascii("}");
    }

    private static void function(ByteBuilder json, String arguments, ToolCall call) {
        json.ascii("{\"name\":").string(call.name());
        json.ascii(",\"" + arguments + "\":").string(call.arguments()).ascii("}");
    }
}
