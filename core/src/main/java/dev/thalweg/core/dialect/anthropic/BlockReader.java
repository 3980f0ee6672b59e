package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of a message's content, in pieces or whole, and says when each is complete. Those of tools that run at the
 * provider, and unknown ones, are told whole as a further field of the message: {@link AnthropicDialect#CONTENT_BLOCKS}.
 */
final class BlockReader {
    /** More blocks than any provider writes at once. What opens beyond is passed over. */
    private static final int MOST_OPEN = 1_000;

    private static final int WHOLE = -2;
    private static final JsonText CONTENT_BLOCKS = JsonText.of(AnthropicDialect.CONTENT_BLOCKS);
    private static final JsonText FUNCTION = JsonText.of("function");
    private static final JsonText NO_ARGUMENTS = JsonText.of("{}");

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final CitationReader citations = new CitationReader();
    private final OtherBlock others = new OtherBlock();
    private final ToolCallPiece piece = new ToolCallPiece();
    private final Map<Integer, OpenBlock> open = new HashMap<>();
    private @Nullable OpenBlock last;
    private int lastIndex;
    private int calls;

    private final JsonText type = new JsonText();
    private final JsonText id = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonText text = new JsonText();
    private final JsonText signature = new JsonText();
    private final JsonValue input = new JsonValue();
    private final JsonValue cited = new JsonValue();
    private final JsonValue value = new JsonValue();
    private String kind = "";
    private boolean hasId;
    private boolean hasName;
    private boolean hasText;
    private boolean signed;
    private boolean hasInput;
    private boolean hasCitations;

    /** Reads a whole block. */
    void whole(JsonValue block, FrameSink sink) {
        start(WHOLE, block, sink);
        stop(WHOLE, sink);
    }

    /** A block begins; most of it may stand in its beginning. */
    void start(int index, JsonValue block, FrameSink sink) {
        stop(index, sink);
        if (open.size() == MOST_OPEN) {
            return;
        }
        members(block);
        OpenBlock begun = switch (kind) {
            case "text" -> text(sink);
            case "thinking" -> thinking(sink);
            case "redacted_thinking" -> redacted(sink);
            case "tool_use" -> toolUse(block, sink);
            default -> new OpenBlock(OpenBlock.Kind.OTHER, -1, block.decode());
        };
        open.put(index, begun);
        last = begun;
        lastIndex = index;
    }

    /** A block grows. */
    void delta(int index, DeltaFields delta, FrameSink sink) {
        OpenBlock block = find(index);
        JsonText grown = delta.text;
        if (block != null && block.kind == OpenBlock.Kind.OTHER) {
            others.grow(block, delta);
        } else if (delta.is("citations_delta")) {
            if (delta.cites) {
                sink.annotation(0, citations.read(delta.citation));
            }
        } else if (grown == null || grown.isEmpty()) {
            return;
        } else if (delta.is("text_delta")) {
            sink.text(0, grown);
        } else if (delta.is("thinking_delta")) {
            sink.reasoning(0, grown);
        } else if (delta.is("signature_delta")) {
            sink.signature(0, grown);
        } else if (delta.is("input_json_delta") && block != null && block.kind == OpenBlock.Kind.TOOL_USE) {
            block.continued = true;
            piece.begin(block.call).arguments(grown);
            sink.toolCall(0, piece);
        }
    }

    /** A block is complete. */
    void stop(int index, FrameSink sink) {
        OpenBlock block = open.remove(index);
        if (block == null) {
            return;
        }
        last = null;
        if (block.kind == OpenBlock.Kind.OTHER) {
            sink.extra(ExtraField.Owner.MESSAGE, 0, CONTENT_BLOCKS, others.whole(block));
        } else if (block.kind == OpenBlock.Kind.TOOL_USE && !block.continued) {
            piece.begin(block.call).arguments(block.begun == null ? NO_ARGUMENTS : JsonText.of(block.begun));
            sink.toolCall(0, piece);
        } else if (block.signature != null) {
            sink.signature(0, JsonText.of(block.signature));
        }
        sink.partEnds(0);
    }

    private @Nullable OpenBlock find(int index) {
        if (last == null || lastIndex != index) {
            last = open.get(index);
            lastIndex = index;
        }
        return last;
    }

    private OpenBlock text(FrameSink sink) {
        if (hasText && !text.isEmpty()) {
            sink.text(0, text);
        }
        if (hasCitations) {
            cursor.reset(cited.array(), cited.start(), cited.end() - cited.start());
            cursor.enterArray();
            while (cursor.nextElement()) {
                boolean object = cursor.peek() == '{';
                cursor.skip(value);
                if (object) {
                    sink.annotation(0, citations.read(value));
                }
            }
        }
        return new OpenBlock(OpenBlock.Kind.TEXT, -1, null);
    }

    private OpenBlock thinking(FrameSink sink) {
        OpenBlock block = new OpenBlock(OpenBlock.Kind.THINKING, -1, null);
        if (hasText && !text.isEmpty()) {
            sink.reasoning(0, text);
        }
        block.signature = signed && !signature.isEmpty() ? signature.decode() : null;
        return block;
    }

    private OpenBlock redacted(FrameSink sink) {
        if (hasText && !text.isEmpty()) {
            sink.redacted(0, text);
        }
        return new OpenBlock(OpenBlock.Kind.TOLD, -1, null);
    }

    private OpenBlock toolUse(JsonValue block, FrameSink sink) {
        int call = calls++;
        piece.begin(call).type(FUNCTION);
        piece.id(hasId ? id : null);
        piece.name(hasName ? name : null);
        sink.toolCall(0, piece);
        cursor.reset(block.array(), block.start(), block.end() - block.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean known = cursor.keyIs("type") || cursor.keyIs("id") || cursor.keyIs("name") || cursor.keyIs("input");
            cursor.skipMember(text, value);
            if (!known && !value.isVoid()) {
                sink.extra(ExtraField.Owner.TOOL_CALL, 0, text, value);
            }
        }
        return new OpenBlock(OpenBlock.Kind.TOOL_USE, call, hasInput && !input.isVoid() ? input.decode() : null);
    }

    private void members(JsonValue block) {
        hasId = false;
        hasName = false;
        hasText = false;
        signed = false;
        hasInput = false;
        hasCitations = false;
        boolean typed = false;
        cursor.reset(block.array(), block.start(), block.end() - block.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                typed = cursor.textOrSkip(type) != null;
            } else if (cursor.keyIs("id")) {
                hasId = cursor.textOrSkip(id) != null;
            } else if (cursor.keyIs("name")) {
                hasName = cursor.textOrSkip(name) != null;
            } else if (cursor.keyIs("text") || cursor.keyIs("thinking") || cursor.keyIs("data")) {
                hasText = cursor.textOrSkip(text) != null;
            } else if (cursor.keyIs("signature")) {
                signed = cursor.textOrSkip(signature) != null;
            } else if (cursor.keyIs("input")) {
                hasInput = true;
                cursor.skip(input);
            } else if (cursor.keyIs("citations")) {
                hasCitations = cursor.peek() == '[';
                cursor.skip(cited);
            } else {
                cursor.skip();
            }
        }
        kind = typed ? type.decode() : "";
    }
}
