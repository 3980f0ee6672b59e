package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reads one frame of an answer, a {@code chat.completion.chunk} or a whole {@code chat.completion}, and tells a sink what
 * is in it. Tolerant for every upstream: unknown fields, nulls, Azure's empty prelude, Mistral's content lists, reasoning
 * under any of its names, usage in any of its five places, a missing index. After a read its accessors say where in the
 * frame those members stand that a relay changes.
 */
public final class ResponseReader {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final UsageReader usageReader = new UsageReader();
    private final JsonText text = new JsonText();
    private final JsonText toolId = new JsonText();
    private final JsonText toolName = new JsonText();
    private final JsonText toolArguments = new JsonText();
    private final JsonText finishReason = new JsonText();
    private final Member modelMember = new Member();
    private final Member usageMember = new Member();
    private final Member nullErrorMember = new Member();
    private @Nullable Usage topUsage;
    private @Nullable Usage sideUsage;
    private int choices;
    private boolean error;
    private boolean hasDelta;

    /** Where a member of the frame stands; absent after a read that did not meet it. */
    static final class Member {
        int start;
        int valueStart;
        int end;

        boolean present() {
            return end > 0;
        }

        void clear() {
            end = 0;
        }
    }

    /**
     * Reads the frame in these bytes.
     *
     * @throws dev.thalweg.core.wire.JsonSyntaxException when it is not a JSON object
     */
    public void read(byte[] array, int offset, int length, FrameSink sink) {
        cursor.reset(array, offset, length);
        modelMember.clear();
        usageMember.clear();
        nullErrorMember.clear();
        topUsage = null;
        sideUsage = null;
        choices = -1;
        error = false;
        boolean flatError = false;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("choices")) {
                choices(array, sink);
            } else if (cursor.keyIs("id")) {
                if (cursor.textOrSkip(text) != null) {
                    sink.id(text);
                }
            } else if (cursor.keyIs("model")) {
                begin(modelMember);
                if (cursor.textOrSkip(text) != null) {
                    end(modelMember);
                    sink.model(text);
                }
            } else if (cursor.keyIs("object")) {
                flatError |= cursor.textOrSkip(text) != null && text.is("error");
            } else if (cursor.keyIs("usage")) {
                begin(usageMember);
                topUsage = usageReader.read(cursor, array);
                end(usageMember);
            } else if (cursor.keyIs("error")) {
                errorMember();
            } else if (cursor.keyIs("message") || cursor.keyIs("detail")) {
                flatError |= cursor.peek() == '"' || cursor.peek() == '[';
                cursor.skip();
            } else if (cursor.keyIs("x_groq") || cursor.keyIs("timings")) {
                side(array);
            } else {
                cursor.skip();
            }
        }
        cursor.finish();
        error |= flatError && choices < 0;
        Usage usage = topUsage != null ? topUsage : sideUsage;
        if (usage != null) {
            sink.usage(usage);
        }
    }

    /** Whether the last frame is an error instead of an answer, or has one beside it. */
    public boolean isError() {
        return error;
    }

    /** Whether the last frame had choices, and how many; -1 where it had no such member. */
    public int choices() {
        return choices;
    }

    /** Whether the last frame had token counts on top. */
    public boolean hasUsage() {
        return topUsage != null;
    }

    Member modelMember() {
        return modelMember;
    }

    Member usageMember() {
        return usageMember;
    }

    /** A top-level {@code "error":null}: clients exist that take its mere presence for an error. */
    Member nullErrorMember() {
        return nullErrorMember;
    }

    private void begin(Member member) {
        member.start = cursor.memberStart();
        cursor.peek();
        member.valueStart = cursor.position();
    }

    private void end(Member member) {
        member.end = cursor.position();
    }

    private void errorMember() {
        begin(nullErrorMember);
        boolean isNull = cursor.peek() == 'n';
        cursor.skip();
        if (isNull) {
            end(nullErrorMember);
        } else {
            error = true;
        }
    }

    /** Groq's {@code x_groq.usage}, llama.cpp's {@code timings}. */
    private void side(byte[] array) {
        Usage usage = usageReader.readSide(cursor, array);
        sideUsage = usage != null ? usage : sideUsage;
    }

    private void choices(byte[] array, FrameSink sink) {
        if (cursor.peek() != '[') {
            cursor.skip();
            return;
        }
        choices = 0;
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (cursor.peek() == '{') {
                choice(array, choices, sink);
            } else {
                cursor.skip();
            }
            choices++;
        }
    }

    private void choice(byte[] array, int position, FrameSink sink) {
        cursor.enterObject();
        int afterBrace = cursor.position();
        int index = position;
        boolean indexKnown = false;
        boolean looked = false;
        hasDelta = false;
        @Nullable JsonText reason = null;
        while (cursor.nextMember()) {
            if (cursor.keyIs("index")) {
                index = index(cursor.countOrSkip(), position);
                indexKnown = true;
            } else if (cursor.keyIs("delta") || cursor.keyIs("message")) {
                boolean message = cursor.keyIs("message");
                if (!looked && (message ? !hasDelta : !indexKnown)) {
                    looked = true;
                    index = lookAhead(afterBrace, index);
                    continue;
                }
                hasDelta |= !message && cursor.peek() == '{';
                if (message && hasDelta) {
                    cursor.skip(); // Perplexity repeats in it all that came so far
                } else {
                    delta(index, sink);
                }
            } else if (cursor.keyIs("finish_reason")) {
                reason = cursor.textOrSkip(finishReason);
            } else if (cursor.keyIs("usage")) {
                Usage usage = usageReader.read(cursor, array);
                sideUsage = usage != null ? usage : sideUsage;
            } else {
                cursor.skip();
            }
        }
        if (reason != null && !reason.isEmpty()) {
            sink.finish(index, reason);
        }
    }

    /** Looks ahead for an index and a delta behind the member at hand, then starts the choice again. */
    private int lookAhead(int afterBrace, int otherwise) {
        int index = otherwise;
        cursor.skip();
        while (cursor.nextMember()) {
            if (cursor.keyIs("index")) {
                index = index(cursor.countOrSkip(), otherwise);
            } else if (cursor.keyIs("delta")) {
                hasDelta |= cursor.peek() == '{';
                cursor.skip();
            } else {
                cursor.skip();
            }
        }
        cursor.reenterObject(afterBrace);
        return index;
    }

    private static int index(long value, int otherwise) {
        return value < 0 || value > Integer.MAX_VALUE ? otherwise : (int) value;
    }

    private void delta(int choice, FrameSink sink) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        boolean reasoned = false;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("content")) {
                content(choice, sink);
            } else if (cursor.keyIs("role")) {
                if (cursor.textOrSkip(text) != null) {
                    sink.role(choice, text);
                }
            } else if (cursor.keyIs("tool_calls")) {
                toolCalls(choice, sink);
            } else if (cursor.keyIs("reasoning_content") || cursor.keyIs("reasoning")) {
                // Some providers send the same text under both names: it counts once.
                if (cursor.textOrSkip(text) != null && !reasoned) {
                    reasoned = !text.isEmpty();
                    sink.reasoning(choice, text);
                }
            } else if (cursor.keyIs("refusal")) {
                if (cursor.textOrSkip(text) != null) {
                    sink.refusal(choice, text);
                }
            } else if (cursor.keyIs("function_call")) {
                functionCall(choice, sink);
            } else if (cursor.keyIs("audio") || cursor.keyIs("images")) {
                if (cursor.peek() == '{' || cursor.peek() == '[') {
                    sink.otherContent(choice);
                }
                cursor.skip();
            } else {
                cursor.skip();
            }
        }
    }

    /** A string; or Mistral's list of text and thinking parts. */
    private void content(int choice, FrameSink sink) {
        if (cursor.peek() == '[') {
            cursor.enterArray();
            while (cursor.nextElement()) {
                contentPart(choice, sink, false);
            }
        } else if (cursor.textOrSkip(text) != null) {
            sink.text(choice, text);
        }
    }

    private void contentPart(int choice, FrameSink sink, boolean thinking) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("text")) {
                if (cursor.textOrSkip(text) == null) {
                    continue;
                }
                if (thinking) {
                    sink.reasoning(choice, text);
                } else {
                    sink.text(choice, text);
                }
            } else if (cursor.keyIs("thinking") && cursor.peek() == '[') {
                cursor.enterArray();
                while (cursor.nextElement()) {
                    contentPart(choice, sink, true);
                }
            } else {
                cursor.skip();
            }
        }
    }

    private void toolCalls(int choice, FrameSink sink) {
        if (cursor.peek() != '[') {
            cursor.skip();
            return;
        }
        int position = 0;
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (cursor.peek() == '{') {
                toolCall(choice, position, sink);
            } else {
                cursor.skip();
            }
            position++;
        }
    }

    private void toolCall(int choice, int position, FrameSink sink) {
        int index = position;
        @Nullable JsonText id = null;
        @Nullable JsonText name = null;
        @Nullable JsonText arguments = null;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("index")) {
                index = index(cursor.countOrSkip(), position);
            } else if (cursor.keyIs("id")) {
                id = cursor.textOrSkip(toolId);
            } else if ((cursor.keyIs("function") || cursor.keyIs("custom")) && cursor.peek() == '{') {
                cursor.enterObject();
                while (cursor.nextMember()) {
                    if (cursor.keyIs("name")) {
                        name = cursor.textOrSkip(toolName);
                    } else if (cursor.keyIs("arguments") || cursor.keyIs("input")) {
                        arguments = cursor.textOrSkip(toolArguments);
                    } else {
                        cursor.skip();
                    }
                }
            } else {
                cursor.skip();
            }
        }
        sink.toolCall(choice, index, id, name, arguments);
    }

    /** The form before tool calls existed: one call, without an id. */
    private void functionCall(int choice, FrameSink sink) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        @Nullable JsonText name = null;
        @Nullable JsonText arguments = null;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("name")) {
                name = cursor.textOrSkip(toolName);
            } else if (cursor.keyIs("arguments")) {
                arguments = cursor.textOrSkip(toolArguments);
            } else {
                cursor.skip();
            }
        }
        sink.toolCall(choice, 0, null, name, arguments);
    }
}
