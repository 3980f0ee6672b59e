package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EmbeddingBody;
import dev.thalweg.core.dialect.EmbeddingDialect;
import dev.thalweg.core.dialect.EmbeddingJson;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Floats;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.model.EmbeddingInput;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingRequest.Encoding;
import dev.thalweg.model.EmbeddingResponse;
import dev.thalweg.model.Usage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ollama's embeddings: {@code /api/embed}, and {@code /api/embeddings} as it was before, for one text. */
public final class OllamaEmbeddings implements EmbeddingDialect {
    /** {@code /api/embed}. */
    public static final OllamaEmbeddings EMBED = new OllamaEmbeddings(false);

    /** {@code /api/embeddings}. */
    public static final OllamaEmbeddings ONE = new OllamaEmbeddings(true);

    private final boolean one;

    private OllamaEmbeddings(boolean one) {
        this.one = one;
    }

    @Override
    public String dialect() {
        return "ollama";
    }

    @Override
    public EmbeddingDialect fitting(EmbeddingRequest request, Provider provider, String model) {
        return EMBED;
    }

    @Override
    public Set<String> fields() {
        return Set.of("truncate", "options", "keep_alive");
    }

    @Override
    public String path(String model) {
        return one ? "/api/embeddings" : "/api/embed";
    }

    @Override
    public byte[] writeRequest(EmbeddingRequest request, Provider provider, String model, Warnings warnings) {
        EmbeddingJson.drops(request, dialect(), false, warnings);
        if (request.purpose().isPresent()) {
            warnings.dropped("input_type", dialect());
        }
        ByteBuilder out =
                new ByteBuilder(1024).ascii("{\"model\":").string(model).ascii(",\"input\":");
        EmbeddingJson.strings(out, EmbeddingBody.texts(request, dialect()));
        request.dimensions()
                .ifPresent(count -> EmbeddingJson.field(out, "dimensions").number(count));
        EmbeddingJson.extra(out, request);
        return out.ascii("}").toBytes();
    }

    @Override
    public @Nullable EmbeddingResponse readAnswer(byte[] array, int offset, int length) {
        JsonCursor cursor = EmbeddingJson.answer(array, offset, length);
        if (cursor == null) {
            return null;
        }
        List<float[]> vectors = null;
        Usage usage = null;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("embeddings")) {
                vectors = EmbeddingJson.readVectors(cursor, array);
            } else if (cursor.keyIs("embedding") && cursor.peek() == '[') {
                vectors = List.of(Floats.read(cursor, array));
            } else if (cursor.keyIs("prompt_eval_count")) {
                usage = EmbeddingJson.used(cursor.countOrSkip());
            } else {
                cursor.skip();
            }
        }
        cursor.finish();
        return vectors == null ? null : new EmbeddingResponse(vectors, usage);
    }

    @Override
    public EmbeddingRequest readRequest(byte[] array, int offset, int length, String model) {
        EmbeddingRequest.Builder request = EmbeddingRequest.builder(model);
        EmbeddingBody.read(array, offset, length, (name, body) -> member(name, body, request), request);
        EmbeddingRequest read = request.build();
        if (one && read.inputs().isEmpty()) {
            throw EmbeddingBody.missing("prompt");
        }
        return read;
    }

    private boolean member(String name, EmbeddingBody body, EmbeddingRequest.Builder request) {
        switch (name) {
            case "model" -> {
                String unused = body.text();
            }
            case "input" -> {
                if (one) {
                    return false;
                }
                body.inputs(request);
            }
            case "prompt" -> {
                if (!one) {
                    return false;
                }
                request.input(new EmbeddingInput.Text(body.text()));
            }
            case "dimensions" -> request.dimensions(body.count());
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public byte[] writeAnswer(EmbeddingResponse response, AnswerHead head, EmbeddingRequest request) {
        ByteBuilder out = new ByteBuilder(8 * 1024);
        if (one) {
            if (response.vectors().isEmpty()) {
                throw new RequestProblem("There is no embedding of nothing.", "prompt", "invalid_parameter_value");
            }
            Floats.write(out.ascii("{\"embedding\":"), response.vectors().get(0));
            return out.ascii("}").toBytes();
        }
        out.ascii("{\"model\":").string(head.model()).ascii(",\"embeddings\":");
        EmbeddingJson.vectors(out, response.vectors(), Encoding.FLOAT);
        out.ascii(",\"total_duration\":0,\"load_duration\":0");
        EmbeddingJson.field(out, "prompt_eval_count").number(EmbeddingJson.told(response.counted()));
        EmbeddingJson.warnings(out, head);
        return out.ascii("}").toBytes();
    }
}
