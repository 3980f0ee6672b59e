package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.EmbeddingInput;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.RawJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a body that asks for embeddings, and names the field where one is not of its type. Of no protocol: who
 * asks knows the names. Not thread-safe.
 */
public final class EmbeddingBody {
    /** More than any provider takes in one request. */
    private static final int MOST_INPUTS = 100_000;

    private static final int FIRST_TOKENS = 16;

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, true);
    private final JsonText text = new JsonText();
    private final JsonValue value = new JsonValue();
    private String name = "";

    private EmbeddingBody() {}

    /** Takes the members of a body, each by the reads of {@link EmbeddingBody}; one it has no word for it leaves alone. */
    public interface Members {
        /** Whether this member was read. It is never null. */
        boolean read(String name, EmbeddingBody body);
    }

    /**
     * Walks through a body.
     *
     * @param request gets what nobody has a word for, but for what is said to a gateway
     * @throws RequestProblem when it is no JSON object, or a value is not of its type
     */
    public static void read(byte[] array, int offset, int length, Members members, EmbeddingRequest.Builder request) {
        EmbeddingBody body = new EmbeddingBody();
        body.cursor.reset(array, offset, length);
        try {
            if (body.cursor.peek() != '{') {
                throw new RequestProblem("The request body must be a JSON object.", null, "invalid_json");
            }
            body.object("", members, request);
            body.cursor.finish();
        } catch (JsonSyntaxException e) {
            throw new RequestProblem(
                    "The request body is not valid JSON: " + e.getMessage() + ".", null, "invalid_json");
        }
    }

    private void object(String where, Members members, EmbeddingRequest.@Nullable Builder request) {
        cursor.enterObject();
        while (cursor.nextMember()) {
            String own = cursor.key().decode();
            name = where.isEmpty() ? own : where + "." + own;
            if (cursor.peek() == 'n') {
                cursor.skip();
            } else if (!members.read(own, this)) {
                cursor.skip(value);
                if (request != null && !GatewayFields.NAMES.contains(own)) {
                    request.extra(own, new RawJson(value.decode()));
                }
            }
        }
    }

    /** Reads the object ahead, whose members that nobody has a word for are left out. */
    public void object(Members members) {
        expect('{', "an object");
        object(name, members, null);
    }

    /** Reads the objects of the array ahead. */
    public void objects(Runnable before, Members members) {
        expect('[', "an array");
        String where = name;
        cursor.enterArray();
        for (int i = 0; cursor.nextElement(); i++) {
            name = where + "[" + i + "]";
            expect('{', "an object");
            before.run();
            object(name, members, null);
        }
    }

    /** The string ahead. */
    public String text() {
        expect('"', "a string");
        cursor.readText(text);
        return text.decode();
    }

    /** The strings of the array ahead. */
    public List<String> texts() {
        expect('[', "an array of strings");
        List<String> texts = new ArrayList<>();
        cursor.enterArray();
        while (cursor.nextElement()) {
            texts.add(text());
        }
        return texts;
    }

    /** The whole number ahead, from 1. */
    public int count() {
        int first = cursor.peek();
        int start = cursor.position();
        long count = cursor.countOrSkip();
        if (first == '"' || !cursor.isDigits(start)) {
            throw wrongType("a whole number");
        }
        if (count < 1 || count > Integer.MAX_VALUE) {
            throw wrongValue("a whole number from 1");
        }
        return (int) count;
    }

    /** The value ahead as it is spelled. */
    public RawJson raw() {
        cursor.skip(value);
        return new RawJson(value.decode());
    }

    /** What is to become vectors: a text, several, the tokens of one, or those of several. */
    public void inputs(EmbeddingRequest.Builder request) {
        if (cursor.peek() == '"') {
            request.input(new EmbeddingInput.Text(text()));
            return;
        }
        expect('[', "a string, an array of strings, or an array of tokens");
        cursor.enterArray();
        int[] tokens = new int[FIRST_TOKENS];
        int count = 0;
        for (int inputs = 0; cursor.nextElement(); inputs++) {
            int first = cursor.peek();
            if (inputs == MOST_INPUTS && count == 0) {
                throw wrongValue("an array of at most " + MOST_INPUTS + " inputs");
            } else if (first == '"' && count == 0) {
                request.input(new EmbeddingInput.Text(text()));
            } else if (first == '[' && count == 0) {
                request.input(new EmbeddingInput.Tokens(tokens()));
            } else if (count == inputs) {
                tokens = count == tokens.length ? Arrays.copyOf(tokens, count * 2) : tokens;
                tokens[count++] = token();
            } else {
                throw wrongType("an array of strings, or of tokens");
            }
        }
        if (count > 0) {
            request.input(new EmbeddingInput.Tokens(Arrays.copyOf(tokens, count)));
        }
    }

    private int[] tokens() {
        cursor.enterArray();
        int[] tokens = new int[FIRST_TOKENS];
        int count = 0;
        while (cursor.nextElement()) {
            tokens = count == tokens.length ? Arrays.copyOf(tokens, count * 2) : tokens;
            tokens[count++] = token();
        }
        return Arrays.copyOf(tokens, count);
    }

    private int token() {
        int unused = cursor.peek();
        int start = cursor.position();
        long token = cursor.countOrSkip();
        if (token < 0 || token > Integer.MAX_VALUE || !cursor.isDigits(start)) {
            throw wrongType("an array of strings, or of tokens");
        }
        return (int) token;
    }

    /** The field at hand has a value that is none of those it may have. */
    public RequestProblem wrongValue(String what) {
        return new RequestProblem("'" + name + "' must be " + what + ".", name, "invalid_parameter_value");
    }

    /** A field that must be there is not. */
    public static RequestProblem missing(String field) {
        return new RequestProblem("Missing required field '" + field + "'.", field, "missing_parameter");
    }

    /** The texts of a request whose provider knows no tokens. */
    public static List<String> texts(EmbeddingRequest request, String dialect) {
        List<String> texts = new ArrayList<>(request.inputs().size());
        for (EmbeddingInput input : request.inputs()) {
            if (!(input instanceof EmbeddingInput.Text text)) {
                throw new RequestProblem(
                        "'input' has tokens, which only the model's own provider can read; " + dialect
                                + " takes texts.",
                        "input",
                        "invalid_parameter_value");
            }
            texts.add(text.text());
        }
        return texts;
    }

    private void expect(char first, String what) {
        if (cursor.peek() != first) {
            throw wrongType(what);
        }
    }

    private RequestProblem wrongType(String what) {
        return new RequestProblem("'" + name + "' must be " + what + ".", name, "invalid_parameter_type");
    }
}
