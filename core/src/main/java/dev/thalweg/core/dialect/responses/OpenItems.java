package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField.Owner;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which items are open: one of a kind opens when something of it is said, and closes when something else is. Calls may stay
 * open side by side, since providers exist that mix their pieces; usually one is whole when the next begins, and closes then.
 */
final class OpenItems {
    private final EventLines lines;
    private final OutputItems output;
    private final String upstream;
    private final Ids ids;
    private final Annotations annotations = new Annotations();
    private final List<String> cited = new ArrayList<>();
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonValue element = new JsonValue();
    private final Map<Integer, CallItem> calls = new LinkedHashMap<>();
    private @Nullable MessageItem message;
    private @Nullable ReasoningItem reasoning;
    private @Nullable CallItem lastCall;
    private @Nullable String upstreamId;
    private @Nullable String phase;

    OpenItems(EventLines lines, AnswerHead head) {
        this.lines = lines;
        this.output = new OutputItems(lines);
        this.upstream = head.upstream();
        this.ids = new Ids(head.requestId());
    }

    /** The upstream's id of the part that comes next. */
    void partBegins(String id) {
        closeWhole();
        upstreamId = upstream.equals(Names.DIALECT) ? id : null;
    }

    private String id(String kind, int index) {
        String id = upstreamId;
        upstreamId = null;
        return id == null || id.isEmpty() ? ids.item(kind, index) : id;
    }

    MessageItem message() {
        if (message == null) {
            closeReasoning();
            closeWholeCalls();
            int index = output.next();
            message = new MessageItem(lines, id("msg", index), index, phase);
            phase = null;
            for (String one : cited) {
                annotation(message, one);
            }
            cited.clear();
        }
        return message;
    }

    /** The reasoning that is open; where none is, one with this id, null for our own. */
    ReasoningItem reasoning(@Nullable String id) {
        if (reasoning == null) {
            closeMessage();
            closeWholeCalls();
            int index = output.next();
            String own = id("rs", index);
            reasoning = new ReasoningItem(lines, id == null ? own : id, index);
        }
        return reasoning;
    }

    /**
     * Ends the reasoning with what goes back to the provider. Encrypted content of this protocol is the caller's as it is,
     * where its item has its id; else both travel together, as what other protocols give does.
     */
    void signature(String data, String kind) {
        if (!upstream.equals(Names.DIALECT)) {
            reasoning(null).encrypted(Origin.mark(upstream, Names.DIALECT, kind + data));
        } else {
            SealedReasoning sealed = SealedReasoning.of(data);
            ReasoningItem item = reasoning(sealed.id());
            item.encrypted(item.id().equals(sealed.id()) ? sealed.encrypted() : data);
        }
        closeReasoning();
    }

    /** The call that a piece is of; null where it comes too late, or says nothing. */
    @Nullable
    CallItem call(ToolCallPiece piece) {
        int number = piece.index();
        CallItem known = number == ToolCallPiece.NO_INDEX ? lastCall : calls.get(number);
        if (known != null && known.isBefore(piece)) {
            calls.values().remove(known);
            output.close(known, "completed");
            known = null;
        }
        if (known == null) {
            if (isVoid(piece.id()) && isVoid(piece.name())) {
                return null;
            }
            closeReasoning();
            closeMessage();
            closeWholeCalls();
            int index = output.next();
            known = new CallItem(lines, id("fc", index), index);
            calls.put(number == ToolCallPiece.NO_INDEX ? -2 - index : number, known);
        }
        lastCall = known;
        return known;
    }

    private static boolean isVoid(@Nullable JsonText text) {
        return text == null || text.isEmpty();
    }

    void annotation(JsonValue annotation) {
        JsonValue flat = annotations.flat(annotation);
        if (message != null) {
            message.annotation(flat);
        } else if (cited.size() < 128) {
            cited.add(flat.decode()); // Some providers say what they cite before they say anything.
        }
    }

    private static void annotation(MessageItem item, String json) {
        byte[] bytes = Bytes.utf8(json);
        item.annotation(new JsonValue().set(bytes, 0, bytes.length));
    }

    /** The list under {@code content} of what chat completions have. */
    void logprobs(JsonValue logprobs) {
        MessageItem item = message;
        if (item == null || JsonFields.kind(logprobs) != '{') {
            return;
        }
        cursor.reset(logprobs.array(), logprobs.start(), logprobs.end() - logprobs.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean content = cursor.keyIs("content");
            cursor.skip(element);
            if (content && JsonFields.kind(element) == '[' && !element.isVoid()) {
                item.logprobs(element.set(element.array(), element.start() + 1, element.end() - 1));
            }
        }
    }

    /** An image with its bytes, as OpenRouter spells it in chat completions. False for any other. */
    boolean image(JsonValue image) {
        byte[] item = Images.item(image, ids.item("ig", output.count()));
        if (item != null) {
            closeReasoning();
            closeMessage();
            output.whole(new JsonValue().set(item, 0, item.length));
        }
        return item != null;
    }

    void extra(Owner owner, JsonText name, JsonValue value) {
        if (owner == Owner.TOOL_CALL && lastCall != null && name.is(Names.NAMESPACE)) {
            lastCall.namespace(value);
        } else if (owner == Owner.MESSAGE && upstream.equals(Names.DIALECT)) {
            if (name.is(Names.PHASE)) {
                phase = value.decode();
            } else if (name.is(Names.OUTPUT_ITEMS) && JsonFields.kind(value) == '[') {
                items(value);
            }
        }
    }

    private void items(JsonValue list) {
        closeReasoning();
        closeMessage();
        closeWholeCalls();
        cursor.reset(list.array(), list.start(), list.end() - list.start());
        cursor.enterArray();
        while (cursor.nextElement()) {
            cursor.skip(element);
            if (JsonFields.kind(element) == '{') {
                output.whole(element);
            }
        }
    }

    private void closeMessage() {
        if (message != null) {
            output.close(message, "completed");
            message = null;
        }
    }

    void closeReasoning() {
        if (reasoning != null) {
            output.close(reasoning, "completed");
            reasoning = null;
        }
    }

    private void closeWholeCalls() {
        for (Iterator<CallItem> each = calls.values().iterator(); each.hasNext(); ) {
            CallItem call = each.next();
            if (call.isWhole()) {
                output.close(call, "completed");
                each.remove();
                lastCall = call == lastCall ? null : lastCall;
            }
        }
    }

    /** Closes all but calls that lack something. */
    void closeWhole() {
        closeReasoning();
        closeMessage();
        closeWholeCalls();
    }

    void closeAll(String status) {
        for (OpenItem item : open()) {
            output.close(item, status);
        }
        message = null;
        reasoning = null;
        calls.clear();
    }

    private List<OpenItem> open() {
        List<OpenItem> open = new ArrayList<>(calls.values());
        if (reasoning != null) {
            open.add(reasoning);
        }
        if (message != null) {
            open.add(message);
        }
        return open;
    }

    /** All items, those still open as far as they have come. */
    List<byte[]> output() {
        return output.all(open());
    }

    /** How many bytes are kept. */
    int size() {
        int size = output.size();
        for (CallItem call : calls.values()) {
            size += call.size();
        }
        return size + (message == null ? 0 : message.size()) + (reasoning == null ? 0 : reasoning.size());
    }
}
