package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Tells a sink what is in the items of an answer, and nothing twice: what came in pieces is not told again when the item comes
 * whole. Items without a word of their own are further fields of the message, {@link Names#OUTPUT_ITEMS}.
 */
final class ItemTeller {
    private static final JsonText ASSISTANT = JsonText.of("assistant");
    private static final JsonText CUSTOM = JsonText.of("custom");
    private static final JsonText PHASE = JsonText.of(Names.PHASE);
    private static final JsonText NAMESPACE = JsonText.of(Names.NAMESPACE);
    private static final JsonText OUTPUT_ITEMS = JsonText.of(Names.OUTPUT_ITEMS);
    private static final JsonText PARAGRAPH = JsonText.of("\n\n");

    private final ToolCallPiece piece = new ToolCallPiece();
    private final ContentTeller content = new ContentTeller();
    private final JsonValue value = new JsonValue();
    private final ByteBuilder json = new ByteBuilder(64);
    private boolean spoken;
    private int calls;

    /** How many tools were called so far. */
    int calls() {
        return calls;
    }

    /** The answer begins, if it has not. */
    void role(FrameSink sink) {
        if (!spoken) {
            spoken = true;
            sink.role(0, ASSISTANT);
        }
    }

    /** An item begins. */
    void begin(Item item, ItemFields fields, FrameSink sink) {
        if (item.begun) {
            return;
        }
        item.begun = true;
        item.kind = item.kind == Item.Kind.OTHER ? kind(fields) : item.kind;
        role(sink);
        if (fields.hasId && item.kind != Item.Kind.OTHER) {
            sink.partBegins(0, fields.id);
        }
        if (item.kind == Item.Kind.MESSAGE && fields.hasPhase) {
            sink.extra(Owner.MESSAGE, 0, PHASE, fields.phase);
        }
        if (item.isCall()) {
            name(item, fields, sink);
        }
    }

    private static Item.Kind kind(ItemFields fields) {
        if (!fields.hasType) {
            return Item.Kind.OTHER;
        }
        if (fields.type.is("message")) {
            return Item.Kind.MESSAGE;
        }
        if (fields.type.is("reasoning")) {
            return Item.Kind.REASONING;
        }
        if (fields.type.is("function_call")) {
            return Item.Kind.FUNCTION_CALL;
        }
        return fields.type.is("custom_tool_call") ? Item.Kind.CUSTOM_CALL : Item.Kind.OTHER;
    }

    private void name(Item item, ItemFields fields, FrameSink sink) {
        if (!fields.hasName && !fields.hasCallId) {
            return;
        }
        item.named = true;
        call(item);
        piece.id(fields.hasCallId ? fields.callId : fields.hasId ? fields.id : null);
        piece.name(fields.hasName ? fields.name : null);
        sink.toolCall(0, piece);
        namespace(item, fields, sink);
    }

    /** Belongs to the piece just shown. */
    private static void namespace(Item item, ItemFields fields, FrameSink sink) {
        if (fields.hasNamespace && !item.grouped) {
            item.grouped = true;
            sink.extra(Owner.TOOL_CALL, 0, NAMESPACE, fields.namespace);
        }
    }

    /** A piece of a call's arguments. */
    void arguments(Item item, JsonText text, FrameSink sink) {
        role(sink);
        item.pieces |= !text.isEmpty();
        call(item);
        piece.arguments(text);
        sink.toolCall(0, piece);
    }

    private void call(Item item) {
        if (item.call == ToolCallPiece.NO_INDEX) {
            item.call = calls++;
        }
        piece.begin(item.call);
        piece.type(item.kind == Item.Kind.CUSTOM_CALL ? CUSTOM : null);
    }

    /** A piece of reasoning: of the summary's part of this index, or of the reasoning itself. */
    void reasoning(Item item, int part, JsonText text, FrameSink sink) {
        role(sink);
        if (part > item.summary && item.pieces) {
            sink.reasoning(0, PARAGRAPH);
        }
        item.summary = Math.max(item.summary, part);
        item.pieces |= !text.isEmpty();
        sink.reasoning(0, text);
    }

    /** A citation. */
    void annotation(JsonValue annotation, FrameSink sink) {
        content.annotation(annotation, sink);
    }

    /** A piece of text, and how probable its tokens were. */
    void text(Item item, int part, JsonText text, @Nullable JsonValue logprobs, FrameSink sink) {
        role(sink);
        boolean unused = item.tell(part);
        sink.text(0, text);
        if (logprobs != null) {
            content.logprobs(logprobs, sink);
        }
    }

    /** A piece of a refusal. */
    void refusal(Item item, int part, JsonText text, FrameSink sink) {
        role(sink);
        boolean unused = item.tell(part);
        sink.refusal(0, text);
    }

    /** An item is whole. */
    void done(Item item, ItemFields fields, FrameSink sink) {
        begin(item, fields, sink);
        if (item.done) {
            return;
        }
        item.done = true;
        switch (item.kind) {
            case MESSAGE -> {
                if (fields.hasContent) {
                    content.message(item, fields.content, sink);
                }
                sink.partEnds(0);
            }
            case REASONING -> reasoningDone(item, fields, sink);
            case FUNCTION_CALL, CUSTOM_CALL -> callDone(item, fields, sink);
            case OTHER -> other(fields, sink);
        }
    }

    private void callDone(Item item, ItemFields fields, FrameSink sink) {
        if (!item.named) {
            name(item, fields, sink);
        }
        if (!item.pieces && fields.hasArguments) {
            arguments(item, fields.arguments, sink);
        }
        if (fields.hasNamespace && !item.grouped) {
            call(item);
            sink.toolCall(0, piece);
            namespace(item, fields, sink);
        }
        sink.partEnds(0);
    }

    private void reasoningDone(Item item, ItemFields fields, FrameSink sink) {
        if (!item.pieces && fields.hasSummary) {
            content.reasoning(this, item, fields.summary, sink);
        }
        if (!item.pieces && fields.hasContent) {
            content.reasoning(this, item, fields.content, sink);
        }
        if (fields.hasEncrypted) {
            String id = fields.hasId ? fields.id.decode() : null;
            JsonText data = JsonText.of(new SealedReasoning(id, fields.encrypted.decode()).data());
            if (item.pieces) {
                sink.signature(0, data);
            } else {
                sink.redacted(0, data);
            }
        }
        sink.partEnds(0);
    }

    private void other(ItemFields fields, FrameSink sink) {
        if (fields.hasType && fields.type.is("image_generation_call") && fields.hasResult) {
            content.image(fields.result, sink);
            return;
        }
        json.clear().ascii("[");
        SafeText.append(json, fields.whole).ascii("]");
        sink.extra(Owner.MESSAGE, 0, OUTPUT_ITEMS, value.set(json.array(), 0, json.length()));
    }
}
