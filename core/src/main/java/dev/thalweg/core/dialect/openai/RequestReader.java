package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.OperatorFields;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.openai.RequestShape.Path;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a gateway has to know of a chat request, in one pass over the body that also checks it whole: syntax, UTF-8,
 * depth, and the types of the top-level fields it acts on. Nothing is copied but the few values themselves.
 */
public final class RequestReader {
    private static final Set<String> ACTED_ON = Set.of(
            "model",
            "messages",
            "prompt",
            "stream",
            "stream_options",
            "n",
            "max_tokens",
            "max_completion_tokens",
            "user",
            "metadata",
            "tools");

    /** More top-level fields than any client sends: above it a body only means to fill the memory. */
    private static final int MOST_FIELDS = 1_000;

    private final JsonCursor cursor;
    private RequestShape shape = RequestShape.CHAT;
    private @Nullable Path path;
    private final JsonText text = new JsonText();

    /** A reader that refuses bodies nested deeper than this. Reads any number of bodies, one after the other. */
    public RequestReader(int maxDepth) {
        this.cursor = new JsonCursor(maxDepth, true);
    }

    /**
     * Reads the body in these bytes.
     *
     * @throws RequestProblem when it is not a chat request
     */
    public RequestHead read(byte[] array, int offset, int length) {
        return read(array, offset, length, RequestShape.CHAT, null);
    }

    /**
     * Reads the body in these bytes.
     *
     * @param path what its path says of it; null: nothing
     * @throws RequestProblem when it is not a request of that shape
     */
    public RequestHead read(byte[] array, int offset, int length, RequestShape shape, @Nullable Path path) {
        this.shape = shape;
        this.path = path;
        RequestHead head = new RequestHead();
        head.model = path == null ? "" : path.model();
        head.stream = path == null ? shape.streamsUnasked() : path.stream();
        head.bodyStart = offset;
        head.bodyEnd = offset + length;
        cursor.reset(array, offset, length);
        try {
            if (cursor.peek() != '{') {
                throw problem("The request body must be a JSON object.", null, "invalid_json");
            }
            cursor.enterObject();
            head.afterBrace = cursor.position();
            for (int fields = 0; cursor.nextMember(); fields++) {
                if (fields == MOST_FIELDS) {
                    throw problem(
                            "The request body has more than " + MOST_FIELDS + " fields.", null, "too_many_fields");
                }
                member(head);
            }
            cursor.finish();
            head.stream &= !shape.whole();
        } catch (JsonSyntaxException e) {
            throw problem("The request body is not valid JSON: " + e.getMessage() + ".", null, "invalid_json");
        }
        if (path == null && !head.has("model")) {
            throw problem("Missing required field 'model'.", "model", "missing_parameter");
        }
        if (head.model.isBlank()) {
            throw problem("'model' must not be empty.", "model", "invalid_parameter_value");
        }
        if (!head.has(shape.content())) {
            String content = shape.content();
            throw problem("Missing required field '" + content + "'.", content, "missing_parameter");
        }
        return head;
    }

    private void member(RequestHead head) {
        int start = cursor.memberStart();
        int nameEnd = cursor.key().end() + 1;
        String name = cursor.key().decode();
        if (OperatorFields.NAMES.contains(name)) {
            throw problem(
                    "'" + name
                            + "' cannot be set by a request: where the gateway connects is configured by its operator.",
                    name,
                    "forbidden_parameter");
        }
        if (ACTED_ON.contains(name) && head.has(name)) {
            throw problem("'" + name + "' is given twice.", name, "duplicate_parameter");
        }
        int first = cursor.peek();
        int valueStart = cursor.position();
        if (path != null && (name.equals("model") || name.equals("stream"))) {
            cursor.skip(); // The path has said it.
        } else if (shape.limit() != null && shape.limit().startsWith(name + ".")) {
            nestedLimit(head, first, shape.limit());
        } else {
            value(head, name, first);
        }
        head.add(new RequestHead.Member(name, start, nameEnd, valueStart, cursor.position(), first == 'n'));
    }

    private void value(RequestHead head, String name, int first) {
        switch (name) {
            case "model" -> head.model = string(name, first);
            case "messages" -> messagesOrSkip(first);
            case "stream" -> head.stream = first == 'n' ? skippedStream() : bool(name, first);
            case "stream_options" -> streamOptions(head, first);
            case "n" -> head.choices = count(name, first, 1, 128);
            case "max_tokens", "max_completion_tokens" -> {
                long limit = count(name, first, -1, Long.MAX_VALUE);
                head.maxTokens = limit >= 0 ? limit : head.maxTokens;
            }
            case "user" -> head.user = first == 'n' ? skipped() : string(name, first);
            case "metadata" -> {
                expect(first == '{' || first == 'n', name, "an object");
                cursor.skip();
            }
            case "tools" -> {
                expect(first == '[' || first == 'n', name, "an array");
                head.tools = first == '[';
                cursor.skip();
            }
            default -> cursor.skip();
        }
    }

    private boolean skippedStream() {
        cursor.skip();
        return shape.streamsUnasked();
    }

    /** A limit inside an object of the body. Whatever else is wrong with that object is for the provider to say. */
    private void nestedLimit(RequestHead head, int first, String limit) {
        if (first != '{') {
            cursor.skip();
            return;
        }
        String name = limit.substring(limit.indexOf('.') + 1);
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs(name)) {
                head.maxTokens = Math.max(-1, cursor.countOrSkip());
            } else {
                cursor.skip();
            }
        }
    }

    private void messagesOrSkip(int first) {
        if (shape.content().equals("messages")) {
            messages(first);
        } else {
            cursor.skip();
        }
    }

    private void messages(int first) {
        expect(first == '[', "messages", "an array");
        cursor.enterArray();
        int count = 0;
        while (cursor.nextElement()) {
            expect(cursor.peek() == '{', "messages[" + count + "]", "an object");
            cursor.skip();
            count++;
        }
        if (count == 0) {
            throw problem("'messages' must have at least one message.", "messages", "invalid_parameter_value");
        }
    }

    private void streamOptions(RequestHead head, int first) {
        expect(first == '{' || first == 'n', "stream_options", "an object");
        if (first == 'n') {
            cursor.skip();
            return;
        }
        cursor.enterObject();
        head.streamOptionsAfterBrace = cursor.position();
        head.streamOptionsEmpty = true;
        while (cursor.nextMember()) {
            head.streamOptionsEmpty = false;
            if (cursor.keyIs("include_usage")) {
                int start = cursor.memberStart();
                int nameEnd = cursor.key().end() + 1;
                int value = cursor.peek();
                int valueStart = cursor.position();
                head.includeUsage = bool("stream_options.include_usage", value);
                head.includeUsageMember = new RequestHead.Member(
                        "include_usage", start, nameEnd, valueStart, cursor.position(), value == 'n');
            } else {
                cursor.skip();
            }
        }
    }

    private String string(String name, int first) {
        expect(first == '"', name, "a string");
        cursor.readText(text);
        return text.decode();
    }

    private boolean bool(String name, int first) {
        expect(first == 't' || first == 'f' || first == 'n', name, "true or false");
        cursor.skip();
        return first == 't';
    }

    private long count(String name, int first, long otherwise, long highest) {
        if (first == 'n') {
            cursor.skip();
            return otherwise;
        }
        int start = cursor.position();
        long value = cursor.countOrSkip();
        boolean whole = value >= 0 && cursor.isDigits(start);
        expect(whole, name, "a whole number");
        if (value < 1 || value > highest) {
            throw problem("'" + name + "' must be between 1 and " + highest + ".", name, "invalid_parameter_value");
        }
        return value;
    }

    private @Nullable String skipped() {
        cursor.skip();
        return null;
    }

    private static void expect(boolean holds, String name, String what) {
        if (!holds) {
            throw problem("'" + name + "' must be " + what + ".", name, "invalid_parameter_type");
        }
    }

    private static RequestProblem problem(String message, @Nullable String param, String code) {
        return new RequestProblem(message, param, code);
    }
}
