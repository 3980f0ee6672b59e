package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ToolCall;
import java.util.Set;

/**
 * Writes the tool calls of one choice. Clients join what a call's deltas say: id, type and name are in its first delta and
 * in no other, its index in all of them. A call whose upstream gives it no id gets one. Not thread-safe.
 */
final class CallDeltas {
    private static final Set<String> OWN = Set.of("index", "id", "type", "function", "custom");

    private final OpenChoice choice;
    private final String ids;
    private final boolean functions;
    private final OpenCalls calls = new OpenCalls();

    /**
     * The calls of this choice.
     *
     * @param ids what the id of a call begins with that has none
     * @param functions whether they are written in the form before tools, which has room for one
     */
    CallDeltas(OpenChoice choice, String ids, boolean functions) {
        this.choice = choice;
        this.ids = ids;
        this.functions = functions;
    }

    /** Whether there are any. */
    boolean any() {
        return !calls.all().isEmpty();
    }

    /** Whether the first one is in the form before tools. */
    boolean isFunctionCall() {
        return any() && isFunctionCall(calls.all().get(0));
    }

    private boolean isFunctionCall(OpenCall call) {
        return functions || call.type.equals(ToolCall.FUNCTION_CALL);
    }

    void add(ToolCallPiece piece) {
        OpenCall call = calls.of(piece);
        JsonText arguments = piece.arguments();
        boolean more = arguments != null && !arguments.isEmpty();
        call.hasArguments |= more;
        if (more && arguments != null) {
            if (call.written) {
                more(call, arguments);
            } else {
                Json.text(call.held, arguments);
            }
        }
        if (!call.written && !call.name.isEmpty() && (!call.id.isEmpty() || call.hasArguments)) {
            first(call);
        }
    }

    /** A further field of the call that was just written to. */
    void extra(JsonText name, JsonValue value) {
        OpenCall call = calls.last();
        if (call == null || OWN.contains(name.decode()) || isFunctionCall(call)) {
            return;
        }
        ByteBuilder member = call.written ? another(call) : call.extras;
        Json.value(Json.text(member.ascii(",\""), name).ascii("\":"), value);
        if (call.written) {
            // Clients exist that want the function in every delta.
            member.ascii(call.isCustom() ? ",\"custom\":{\"input\":\"\"}}]" : ",\"function\":{\"arguments\":\"\"}}]");
            choice.close();
        }
    }

    /** The call that is being written is complete. */
    void end() {
        calls.end();
    }

    /**
     * All calls are complete: arguments of which there are none are an empty object.
     *
     * @param cut whether the answer was cut: then so may they be
     */
    void complete(boolean cut) {
        for (OpenCall call : calls.all()) {
            boolean none = !call.hasArguments && !call.isCustom() && !cut;
            if (!call.written) {
                call.held.ascii(none ? "{}" : "");
                first(call);
            } else if (none) {
                more(call, JsonText.of("{}"));
            }
        }
    }

    private void first(OpenCall call) {
        call.written = true;
        if (isFunctionCall(call)) {
            firstFunctionCall(call);
            return;
        }
        ByteBuilder out = another(call).ascii(",\"id\":");
        out.string(call.id.isEmpty() ? ids + "_" + call.number : call.id);
        out.ascii(call.isCustom() ? ",\"type\":\"custom\",\"custom\":" : ",\"type\":\"function\",\"function\":");
        out.ascii("{\"name\":").string(call.name);
        out.ascii(call.isCustom() ? ",\"input\":\"" : ",\"arguments\":\"");
        out.append(call.held.array(), 0, call.held.length()).ascii("\"}");
        out.append(call.extras.array(), 0, call.extras.length()).ascii("}]");
        call.held.clear();
        choice.close();
    }

    private void firstFunctionCall(OpenCall call) {
        if (call.number == 0) {
            ByteBuilder out =
                    choice.open().ascii("\"function_call\":{\"name\":").string(call.name);
            out.ascii(",\"arguments\":\"").append(call.held.array(), 0, call.held.length());
            out.ascii("\"}");
            choice.close();
        }
    }

    private void more(OpenCall call, JsonText arguments) {
        if (!isFunctionCall(call)) {
            ByteBuilder out = another(call)
                    .ascii(call.isCustom() ? ",\"custom\":{\"input\":\"" : ",\"function\":{\"arguments\":\"");
            Json.text(out, arguments).ascii("\"}}]");
            choice.close();
        } else if (call.number == 0) {
            Json.text(choice.open().ascii("\"function_call\":{\"arguments\":\""), arguments)
                    .ascii("\"}");
            choice.close();
        }
    }

    /** Begins a delta of this call. */
    private ByteBuilder another(OpenCall call) {
        return choice.open().ascii("\"tool_calls\":[{\"index\":").number(call.number);
    }
}
