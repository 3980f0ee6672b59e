package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/** The members of one item of an answer, as views into it. */
final class ItemFields {
    final JsonText type = new JsonText();
    final JsonText id = new JsonText();
    final JsonText callId = new JsonText();
    final JsonText name = new JsonText();
    final JsonText arguments = new JsonText();
    final JsonText encrypted = new JsonText();
    final JsonText result = new JsonText();
    final JsonValue content = new JsonValue();
    final JsonValue summary = new JsonValue();
    final JsonValue namespace = new JsonValue();
    final JsonValue phase = new JsonValue();
    final JsonValue whole = new JsonValue();
    boolean hasType;
    boolean hasId;
    boolean hasCallId;
    boolean hasName;
    boolean hasArguments;
    boolean hasEncrypted;
    boolean hasResult;
    boolean hasContent;
    boolean hasSummary;
    boolean hasNamespace;
    boolean hasPhase;

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);

    /** Reads the object that stands there. */
    ItemFields read(JsonValue item) {
        clear();
        whole.set(item.array(), item.start(), item.end());
        cursor.reset(item.array(), item.start(), item.end() - item.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            member();
        }
        return this;
    }

    private void clear() {
        hasType = false;
        hasId = false;
        hasCallId = false;
        hasName = false;
        hasArguments = false;
        hasEncrypted = false;
        hasResult = false;
        hasContent = false;
        hasSummary = false;
        hasNamespace = false;
        hasPhase = false;
    }

    private void member() {
        if (cursor.keyIs("type")) {
            hasType = cursor.textOrSkip(type) != null;
        } else if (cursor.keyIs("id")) {
            hasId = text(id);
        } else if (cursor.keyIs("call_id")) {
            hasCallId = text(callId);
        } else if (cursor.keyIs("name")) {
            hasName = text(name);
        } else if (cursor.keyIs("arguments") || cursor.keyIs("input")) {
            hasArguments |= text(arguments);
        } else if (cursor.keyIs("encrypted_content")) {
            hasEncrypted = text(encrypted);
        } else if (cursor.keyIs("result")) {
            hasResult = text(result);
        } else if (cursor.keyIs("content")) {
            hasContent = list(content);
        } else if (cursor.keyIs("summary")) {
            hasSummary = list(summary);
        } else if (cursor.keyIs("namespace")) {
            cursor.skip(namespace);
            hasNamespace = !namespace.isVoid();
        } else if (cursor.keyIs("phase")) {
            cursor.skip(phase);
            hasPhase = !phase.isVoid();
        } else {
            cursor.skip();
        }
    }

    private boolean text(JsonText into) {
        return cursor.textOrSkip(into) != null && !into.isEmpty();
    }

    private boolean list(JsonValue into) {
        cursor.skip(into);
        return JsonFields.kind(into) == '[';
    }
}
