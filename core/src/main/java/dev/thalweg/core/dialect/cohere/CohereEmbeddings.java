package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EmbeddingBody;
import dev.thalweg.core.dialect.EmbeddingDialect;
import dev.thalweg.core.dialect.EmbeddingJson;
import dev.thalweg.core.dialect.PurposeWord;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.EmbeddingInput;
import dev.thalweg.model.EmbeddingPurpose;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingRequest.Encoding;
import dev.thalweg.model.EmbeddingResponse;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cohere's embeddings, version 2: {@code /v2/embed}. */
public final class CohereEmbeddings implements EmbeddingDialect {
    /** The only one there need be. */
    public static final CohereEmbeddings INSTANCE = new CohereEmbeddings();

    /** What Cohere takes in one request. */
    private static final int MOST = 96;

    private CohereEmbeddings() {}

    @Override
    public String dialect() {
        return "cohere";
    }

    @Override
    public Set<String> fields() {
        return Set.of("truncate", "max_tokens", "priority");
    }

    @Override
    public int most(String model) {
        return MOST;
    }

    @Override
    public String path(String model) {
        return "/embed";
    }

    /** Numbers are asked for: they are what all of Cohere's models have. */
    @Override
    public byte[] writeRequest(EmbeddingRequest request, Provider provider, String model, Warnings warnings) {
        EmbeddingJson.drops(request, dialect(), false, warnings);
        EmbeddingPurpose purpose = request.purpose().orElse(EmbeddingPurpose.DOCUMENT);
        ByteBuilder out =
                new ByteBuilder(1024).ascii("{\"model\":").string(model).ascii(",\"texts\":");
        EmbeddingJson.strings(out, EmbeddingBody.texts(request, dialect()));
        out.ascii(",\"input_type\":\"").ascii(PurposeWord.cohere(purpose)).ascii("\",\"embedding_types\":[\"float\"]");
        request.dimensions()
                .ifPresent(count -> EmbeddingJson.field(out, "output_dimension").number(count));
        EmbeddingJson.extra(out, request);
        return out.ascii("}").toBytes();
    }

    @Override
    public @Nullable EmbeddingResponse readAnswer(byte[] array, int offset, int length) {
        return CohereEmbeddingReader.read(array, offset, length);
    }

    @Override
    public EmbeddingRequest readRequest(byte[] array, int offset, int length, String model) {
        EmbeddingRequest.Builder request = EmbeddingRequest.builder(model);
        EmbeddingBody.read(array, offset, length, (name, body) -> member(name, body, request), request);
        EmbeddingRequest read = request.build();
        if (read.inputs().isEmpty()) {
            throw EmbeddingBody.missing("texts");
        }
        return read;
    }

    private static boolean member(String name, EmbeddingBody body, EmbeddingRequest.Builder request) {
        switch (name) {
            case "model" -> {
                String unused = body.text();
            }
            case "texts" -> body.texts().forEach(text -> request.input(new EmbeddingInput.Text(text)));
            case "images", "inputs" ->
                throw body.wrongValue("left out, and 'texts' given, before a provider of another protocol");
            case "input_type" ->
                request.purpose(PurposeWord.read(body.text())
                        .orElseThrow(() -> body.wrongValue("'search_document', 'search_query', 'classification' or"
                                + " 'clustering' before a provider of another protocol")));
            case "embedding_types" -> request.encoding(encoding(body));
            case "output_dimension" -> request.dimensions(body.count());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Encoding encoding(EmbeddingBody body) {
        List<String> types = body.texts();
        if (types.isEmpty() || types.equals(List.of("float"))) {
            return Encoding.FLOAT;
        } else if (types.equals(List.of("base64"))) {
            return Encoding.BASE64;
        }
        throw body.wrongValue("['float'] or ['base64'] before a provider of another protocol");
    }

    @Override
    public byte[] writeAnswer(EmbeddingResponse response, AnswerHead head, EmbeddingRequest request) {
        ByteBuilder out = new ByteBuilder(8 * 1024).ascii("{\"id\":").string(head.requestId());
        out.ascii(
                request.encoding() == Encoding.BASE64 ? ",\"embeddings\":{\"base64\":" : ",\"embeddings\":{\"float\":");
        EmbeddingJson.vectors(out, response.vectors(), request.encoding());
        EmbeddingJson.strings(out.ascii("},\"texts\":"), EmbeddingBody.texts(request, dialect()));
        out.ascii(",\"meta\":{\"api_version\":{\"version\":\"2\"},\"billed_units\":{\"input_tokens\":")
                .number(EmbeddingJson.told(response.counted()))
                .ascii("}");
        if (!head.warnings().isEmpty()) {
            EmbeddingJson.strings(EmbeddingJson.field(out, "warnings"), head.warnings());
        }
        return out.ascii("},\"response_type\":\"embeddings_by_type\"}").toBytes();
    }
}
