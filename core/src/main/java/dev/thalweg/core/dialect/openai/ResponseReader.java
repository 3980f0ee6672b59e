package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reads one frame of an answer, a {@code chat.completion.chunk} or a whole {@code chat.completion}, and tells a sink what
 * is in it. Tolerant for every upstream: unknown fields, nulls, Azure's empty prelude, Mistral's content lists, reasoning
 * under any of its names, usage in any of its five places, a missing index. The completions before chat, whose choices have
 * a {@code text}, are read as well. After a read its accessors say where in the frame those members stand that a relay
 * changes.
 */
public final class ResponseReader {
    private static final JsonText X_GROQ = JsonText.of("x_groq");
    private static final JsonText TIMINGS = JsonText.of("timings");

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final UsageReader usageReader = new UsageReader();
    private final DeltaReader deltaReader = new DeltaReader(cursor);
    private final JsonText text = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonValue value = new JsonValue();
    private final JsonText finishReason = new JsonText();
    private final Member modelMember = new Member();
    private final Member usageMember = new Member();
    private final Member nullErrorMember = new Member();
    private @Nullable Usage topUsage;
    private @Nullable Usage sideUsage;
    private int memberStart;
    private int valueStart;
    private int choices;
    private boolean error;
    private boolean hasDelta;
    private boolean hasMessage;
    private final boolean ofText;

    /** A reader of chat completions and of those before chat. */
    public ResponseReader() {
        this(false);
    }

    /** One of the completions before chat, which tells how probable tokens were in the words of chat. */
    static ResponseReader ofText() {
        return new ResponseReader(true);
    }

    private ResponseReader(boolean text) {
        this.ofText = text;
    }

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
                begin();
                if (cursor.textOrSkip(text) != null) {
                    end(modelMember);
                    sink.model(text);
                }
            } else if (cursor.keyIs("object")) {
                flatError |= cursor.textOrSkip(text) != null && text.is("error");
            } else if (cursor.keyIs("usage")) {
                begin();
                topUsage = usageReader.read(cursor, array);
                end(usageMember);
            } else if (cursor.keyIs("error")) {
                errorMember();
            } else if (cursor.keyIs("message") || cursor.keyIs("detail")) {
                flatError |= cursor.peek() == '"' || cursor.peek() == '[';
                cursor.skip();
            } else if (cursor.keyIs("x_groq") || cursor.keyIs("timings")) {
                side(array, sink);
            } else if (cursor.keyIs("obfuscation") || cursor.keyIs("p")) {
                cursor.skip(); // OpenAI's and Mistral's padding against who measures lengths on the wire
            } else {
                extra(ExtraField.Owner.ANSWER, -1, sink);
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

    private void begin() {
        memberStart = cursor.memberStart();
        cursor.peek();
        valueStart = cursor.position();
    }

    /** Only here: a later member of the same name that is not what it should be changes nothing. */
    private void end(Member member) {
        member.start = memberStart;
        member.valueStart = valueStart;
        member.end = cursor.position();
    }

    private void errorMember() {
        begin();
        boolean isNull = cursor.peek() == 'n';
        cursor.skip();
        if (isNull) {
            end(nullErrorMember);
        } else {
            error = true;
        }
    }

    /** Groq's {@code x_groq.usage}, llama.cpp's {@code timings}. */
    private void side(byte[] array, FrameSink sink) {
        int unused = cursor.peek();
        int start = cursor.position();
        boolean groq = cursor.keyIs("x_groq");
        Usage usage = usageReader.readSide(cursor, array);
        sideUsage = usage != null ? usage : sideUsage;
        value.set(array, start, cursor.position());
        if (!value.isVoid()) {
            sink.extra(ExtraField.Owner.ANSWER, -1, groq ? X_GROQ : TIMINGS, value);
        }
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
        hasMessage = false;
        @Nullable JsonText reason = null;
        while (cursor.nextMember()) {
            if (cursor.keyIs("index")) {
                index = index(cursor.countOrSkip(), position);
                indexKnown = true;
            } else if (!looked && !(indexKnown && cursor.keyIs("delta"))) {
                looked = true;
                index = lookAhead(afterBrace, index);
            } else if (cursor.keyIs("delta")) {
                looked = true;
                hasDelta |= cursor.peek() == '{';
                deltaReader.read(index, false, sink);
            } else if (cursor.keyIs("message")) {
                if (hasDelta) {
                    cursor.skip(); // Perplexity repeats in it all that came so far
                } else {
                    deltaReader.read(index, true, sink);
                }
            } else if (cursor.keyIs("text") && !hasDelta && !hasMessage) {
                if (cursor.textOrSkip(text) != null) {
                    sink.text(index, text); // a completion as it was before chat
                }
            } else if (cursor.keyIs("finish_reason")) {
                reason = cursor.textOrSkip(finishReason);
            } else if (cursor.keyIs("usage")) {
                Usage usage = usageReader.read(cursor, array);
                sideUsage = usage != null ? usage : sideUsage;
            } else if (cursor.keyIs("logprobs")) {
                cursor.skip(value);
                if (!value.isVoid()) {
                    sink.logprobs(index, ofText ? TextLogprobs.inChat(value) : value);
                }
            } else {
                extra(ExtraField.Owner.CHOICE, index, sink);
            }
        }
        if (reason != null && !reason.isEmpty()) {
            sink.finish(index, reason);
        }
    }

    /** Looks for an index and a delta behind the member at hand, then starts the choice again: nothing was told yet. */
    private int lookAhead(int afterBrace, int otherwise) {
        int index = otherwise;
        hasMessage |= cursor.keyIs("message");
        cursor.skip();
        while (cursor.nextMember()) {
            if (cursor.keyIs("index")) {
                index = index(cursor.countOrSkip(), otherwise);
            } else if (cursor.keyIs("delta")) {
                hasDelta |= cursor.peek() == '{';
                cursor.skip();
            } else {
                hasMessage |= cursor.keyIs("message");
                cursor.skip();
            }
        }
        cursor.reenterObject(afterBrace);
        return index;
    }

    private void extra(ExtraField.Owner owner, int choice, FrameSink sink) {
        cursor.skipMember(name, value);
        if (!value.isVoid()) {
            sink.extra(owner, choice, name, value);
        }
    }

    static int index(long value, int otherwise) {
        return value < 0 || value > Integer.MAX_VALUE ? otherwise : (int) value;
    }
}
