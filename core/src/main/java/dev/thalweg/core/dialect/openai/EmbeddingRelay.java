package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Floats;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.model.EmbeddingRequest.Encoding;
import dev.thalweg.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Passes an answer with embeddings on as it came, but for the model's name, and for vectors in another encoding than was
 * asked for: those are written anew, to the last bit, and all around them stays. For one answer.
 */
public final class EmbeddingRelay {
    private final byte[] array;
    private final @Nullable Encoding wanted;
    private final byte[] alias;
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText text = new JsonText();
    private final Splices changes = new Splices();
    private boolean hasData;
    private boolean hasModel;
    private @Nullable Usage usage;

    private EmbeddingRelay(byte[] array, String alias, @Nullable Encoding wanted) {
        this.array = array;
        this.wanted = wanted;
        this.alias = new ByteBuilder(alias.length() + 2).string(alias).toBytes();
    }

    /**
     * Reads the answer in these bytes.
     *
     * @param alias what the model is called towards the caller
     * @param wanted the encoding that was asked for; null: whichever comes
     * @throws JsonSyntaxException when it is not JSON
     */
    public static EmbeddingRelay of(byte[] array, int offset, int length, String alias, @Nullable Encoding wanted) {
        EmbeddingRelay relay = new EmbeddingRelay(array, alias, wanted);
        relay.cursor.reset(array, offset, length);
        relay.answer();
        relay.cursor.finish();
        return relay;
    }

    /** Whether it is an answer: it has data. */
    public boolean isAnswer() {
        return hasData;
    }

    /** What the provider counted; null where it counted nothing. */
    public @Nullable Usage usage() {
        return usage;
    }

    /** What to change in it. */
    public Splices changes() {
        return changes;
    }

    private void answer() {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("data") && cursor.peek() == '[' && !hasData) {
                hasData = true;
                data();
            } else if (cursor.keyIs("model") && cursor.peek() == '"' && !hasModel) {
                hasModel = true;
                int start = cursor.position();
                cursor.skip();
                changes.replace(start, cursor.position(), alias);
            } else if (cursor.keyIs("usage")) {
                usage = new UsageReader().read(cursor, array);
            } else {
                cursor.skip();
            }
        }
    }

    private void data() {
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (cursor.peek() != '{') {
                cursor.skip();
                continue;
            }
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (cursor.keyIs("embedding")) {
                    embedding();
                } else {
                    cursor.skip();
                }
            }
        }
    }

    private void embedding() {
        int first = cursor.peek();
        int start = cursor.position();
        if (wanted == Encoding.BASE64 && first == '[') {
            float[] vector = Floats.read(cursor, array);
            replace(start, vector, Encoding.BASE64);
        } else if (wanted == Encoding.FLOAT && first == '"') {
            cursor.readText(text);
            replace(start, Floats.ofBase64(text), Encoding.FLOAT);
        } else {
            cursor.skip();
        }
    }

    private void replace(int start, float[] vector, Encoding encoding) {
        ByteBuilder written = new ByteBuilder(vector.length * 12 + 16);
        EmbeddingWriter.vector(written, vector, encoding);
        changes.replace(start, cursor.position(), written.toBytes());
    }
}
