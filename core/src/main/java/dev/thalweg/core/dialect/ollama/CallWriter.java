package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.OneLine;
import dev.thalweg.core.dialect.ToolInput;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes calls of tools, whose arguments are objects here: what was cut, or is none, cannot be said. */
final class CallWriter {
    private CallWriter() {}

    /** Those that can be said; of the others this is told. */
    static List<ToolCall> sayable(List<ToolCall> calls, Consumer<String> notes) {
        List<ToolCall> sayable = new ArrayList<>(calls.size());
        for (ToolCall call : calls) {
            if (call.name().isEmpty()) {
                notes.accept("a tool call without a name was left out");
            } else if (!ToolInput.isObject(ToolInput.of(call))) {
                notes.accept("a call of '" + call.name() + "' was left out: its arguments are not a JSON object");
            } else {
                sayable.add(call);
            }
        }
        return sayable;
    }

    /**
     * Appends the member to a message; nothing without any calls.
     *
     * @param first the index of the first one
     */
    static void write(ByteBuilder json, List<ToolCall> calls, int first) {
        String before = ",\"tool_calls\":[{";
        int index = first;
        for (ToolCall call : calls) {
            json.ascii(before);
            if (!call.id().isEmpty()) {
                json.ascii("\"id\":").string(call.id()).ascii(",");
            }
            json.ascii("\"function\":{\"index\":").number(index++);
            json.ascii(",\"name\":").string(call.name());
            json.ascii(",\"arguments\":")
                    .append(Bytes.utf8(OneLine.of(ToolInput.of(call))))
                    .ascii("}}");
            before = ",{";
        }
        json.ascii(calls.isEmpty() ? "" : "]");
    }
}
