package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of a message's content, in pieces or whole, and says when each is complete. Only tools have a beginning;
 * other blocks begin with their first piece. Those of tools that run at the provider, and unknown ones, are told whole as a
 * further field of the message: {@link BedrockDialect#CONTENT_BLOCKS}.
 */
final class BlockReader {
    /** More blocks than any provider writes at once. What opens beyond is passed over. */
    private static final int MOST_OPEN = 1_000;

    private static final JsonText CONTENT_BLOCKS = JsonText.of(BedrockDialect.CONTENT_BLOCKS);
    private static final JsonText FUNCTION = JsonText.of("function");
    private static final JsonText NO_ARGUMENTS = JsonText.of("{}");

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final CitationReader citations = new CitationReader();
    private final ServerBlock server = new ServerBlock();
    private final ToolUse tool = new ToolUse();
    private final ToolCallPiece piece = new ToolCallPiece();
    private final Map<Integer, OpenBlock> open = new HashMap<>();
    private final JsonText text = new JsonText();
    private final JsonValue value = new JsonValue();
    private int calls;

    /** A block begins. */
    void start(int index, JsonValue start, FrameSink sink) {
        stop(index, sink);
        if (open.size() == MOST_OPEN) {
            return;
        }
        cursor.reset(start.array(), start.start(), start.end() - start.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean uses = cursor.keyIs("toolUse");
            boolean gives = cursor.keyIs("toolResult");
            boolean object = cursor.peek() == '{';
            cursor.skip(value);
            if (object && uses) {
                open.put(index, toolUse(sink));
            } else if (object && gives) {
                open.put(index, new OpenBlock(OpenBlock.Kind.SERVER_RESULT, -1, ServerBlock.members(value)));
            }
        }
    }

    /** A block grows. */
    void delta(int index, JsonValue delta, FrameSink sink) {
        cursor.reset(delta.array(), delta.start(), delta.end() - delta.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("text")) {
                text(sink);
            } else if (cursor.keyIs("toolUse")) {
                input(index, sink);
            } else if (cursor.keyIs("reasoningContent")) {
                reasoning(sink);
            } else if (cursor.keyIs("citation") && cursor.peek() == '{') {
                cursor.skip(value);
                sink.annotation(0, citations.read(value));
            } else if (cursor.keyIs("image") && cursor.peek() == '{') {
                cursor.skip(value);
                Images.tell(value, sink);
            } else if (cursor.keyIs("toolResult") && cursor.peek() == '[') {
                cursor.skip(value);
                result(index);
            } else {
                cursor.skip();
            }
        }
    }

    /** A block is complete. */
    void stop(int index, FrameSink sink) {
        OpenBlock block = open.remove(index);
        if (block != null && block.kind == OpenBlock.Kind.TOOL_USE && !block.continued) {
            piece.begin(block.call).arguments(NO_ARGUMENTS);
            sink.toolCall(0, piece);
        } else if (block != null && block.kind != OpenBlock.Kind.TOOL_USE) {
            sink.extra(ExtraField.Owner.MESSAGE, 0, CONTENT_BLOCKS, server.whole(block));
        }
        sink.partEnds(0);
    }

    /** Reads a whole block. */
    void whole(JsonValue block, FrameSink sink) {
        boolean known = false;
        cursor.reset(block.array(), block.start(), block.end() - block.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean object = cursor.peek() == '{';
            known = true;
            if (cursor.keyIs("text")) {
                text(sink);
            } else if (cursor.keyIs("reasoningContent")) {
                reasoning(sink);
            } else if (cursor.keyIs("toolUse") && object) {
                cursor.skip(value);
                known = !tool.read(value).ofServer();
                if (known) {
                    call(sink);
                }
            } else if (cursor.keyIs("citationsContent") && object) {
                cursor.skip(value);
                citations.tell(value, sink);
            } else if (cursor.keyIs("image") && object) {
                cursor.skip(value);
                Images.tell(value, sink);
            } else {
                known = false;
                cursor.skip();
            }
        }
        if (!known) {
            sink.extra(ExtraField.Owner.MESSAGE, 0, CONTENT_BLOCKS, server.listed(block));
        }
        sink.partEnds(0);
    }

    private void text(FrameSink sink) {
        if (cursor.textOrSkip(text) != null && !text.isEmpty()) {
            sink.text(0, text);
        }
    }

    /** In pieces its members stand in it, whole in its {@code reasoningText}. */
    private void reasoning(FrameSink sink) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("reasoningText")) {
                reasoning(sink);
                continue;
            }
            boolean words = cursor.keyIs("text");
            boolean signature = cursor.keyIs("signature");
            boolean redacted = cursor.keyIs("redactedContent");
            boolean said = cursor.textOrSkip(text) != null && !text.isEmpty();
            if (said && words) {
                sink.reasoning(0, text);
            } else if (said && signature) {
                sink.signature(0, text);
            } else if (said && redacted) {
                sink.redacted(0, text);
            }
        }
    }

    private OpenBlock toolUse(FrameSink sink) {
        if (tool.read(value).ofServer()) {
            return new OpenBlock(OpenBlock.Kind.SERVER_CALL, -1, ServerBlock.members(value));
        }
        int call = calls++;
        piece.begin(call).type(FUNCTION);
        piece.id(tool.id());
        piece.name(tool.name());
        sink.toolCall(0, piece);
        return new OpenBlock(OpenBlock.Kind.TOOL_USE, call, "");
    }

    private void call(FrameSink sink) {
        piece.begin(calls++).type(FUNCTION);
        piece.id(tool.id());
        piece.name(tool.name());
        piece.arguments(tool.arguments());
        sink.toolCall(0, piece);
    }

    private void input(int index, FrameSink sink) {
        OpenBlock block = open.get(index);
        @Nullable JsonText grown = null;
        if (cursor.peek() == '{') {
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (cursor.keyIs("input")) {
                    grown = cursor.textOrSkip(text);
                } else {
                    cursor.skip();
                }
            }
        } else {
            cursor.skip();
        }
        if (block == null || grown == null || grown.isEmpty()) {
            return;
        }
        if (block.kind == OpenBlock.Kind.SERVER_CALL) {
            block.grown.characters(grown);
        } else if (block.kind == OpenBlock.Kind.TOOL_USE) {
            block.continued = true;
            piece.begin(block.call).arguments(grown);
            sink.toolCall(0, piece);
        }
    }

    private void result(int index) {
        OpenBlock block = open.get(index);
        if (block != null && block.kind == OpenBlock.Kind.SERVER_RESULT && !value.isVoid()) {
            ByteBuilder elements = block.grown;
            elements.ascii(elements.length() == 0 ? "" : ",");
            elements.append(value.array(), value.start() + 1, value.end() - value.start() - 2);
        }
    }
}
