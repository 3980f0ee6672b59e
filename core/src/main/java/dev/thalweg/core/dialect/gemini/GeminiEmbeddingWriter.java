package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.EmbeddingBody;
import dev.thalweg.core.dialect.EmbeddingJson;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.Floats;
import dev.thalweg.model.EmbeddingPurpose;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingResponse;
import java.util.List;

/** Writes embeddings as Google spells them. For one request. */
final class GeminiEmbeddingWriter {
    private final EmbeddingRequest request;
    private final String model;
    private final List<String> texts;
    private final ByteBuilder out = new ByteBuilder(1024);

    GeminiEmbeddingWriter(EmbeddingRequest request, String model, Warnings warnings) {
        EmbeddingJson.drops(request, "gemini", false, warnings);
        this.request = request;
        this.model = model;
        this.texts = EmbeddingBody.texts(request, "gemini");
    }

    byte[] one() {
        content(texts.isEmpty() ? "" : texts.get(0));
        return out.toBytes();
    }

    byte[] batch() {
        out.ascii("{\"requests\":[");
        for (int i = 0; i < texts.size(); i++) {
            out.ascii(i == 0 ? "" : ",");
            content(texts.get(i));
        }
        return out.ascii("]}").toBytes();
    }

    private void content(String text) {
        out.ascii("{\"model\":").string("models/" + model);
        out.ascii(",\"content\":{\"parts\":[{\"text\":").string(text).ascii("}]}");
        request.purpose()
                .ifPresent(purpose -> EmbeddingJson.field(out, "taskType").string(word(purpose)));
        request.dimensions()
                .ifPresent(count ->
                        EmbeddingJson.field(out, "outputDimensionality").number(count));
        EmbeddingJson.extra(out, request);
        out.ascii("}");
    }

    byte[] predict() {
        out.ascii("{\"instances\":[");
        for (int i = 0; i < texts.size(); i++) {
            out.ascii(i == 0 ? "{\"content\":" : ",{\"content\":").string(texts.get(i));
            request.purpose()
                    .ifPresent(purpose -> EmbeddingJson.field(out, "task_type").string(word(purpose)));
            extra("title");
            out.ascii("}");
        }
        out.ascii("],\"parameters\":{");
        int before = out.length();
        request.dimensions()
                .ifPresent(count -> out.ascii("\"outputDimensionality\":").number(count));
        if (request.extra().containsKey("autoTruncate")) {
            out.ascii(out.length() > before ? "," : "").ascii("\"autoTruncate\":");
            out.append(Bytes.utf8(request.extra().get("autoTruncate").text()));
        }
        return out.ascii("}}").toBytes();
    }

    private void extra(String name) {
        if (request.extra().containsKey(name)) {
            EmbeddingJson.field(out, name)
                    .append(Bytes.utf8(request.extra().get(name).text()));
        }
    }

    private static String word(EmbeddingPurpose purpose) {
        return switch (purpose) {
            case DOCUMENT -> "RETRIEVAL_DOCUMENT";
            case QUERY -> "RETRIEVAL_QUERY";
            case CLASSIFICATION -> "CLASSIFICATION";
            case CLUSTERING -> "CLUSTERING";
            case SIMILARITY -> "SEMANTIC_SIMILARITY";
            case QUESTION_ANSWERING -> "QUESTION_ANSWERING";
            case FACT_VERIFICATION -> "FACT_VERIFICATION";
            case CODE_QUERY -> "CODE_RETRIEVAL_QUERY";
        };
    }

    static byte[] answer(EmbeddingResponse response, boolean batch) {
        ByteBuilder out = new ByteBuilder(8 * 1024).ascii(batch ? "{\"embeddings\":[" : "{\"embedding\":");
        for (int i = 0; i < response.vectors().size(); i++) {
            Floats.write(
                    out.ascii(i == 0 ? "{\"values\":" : ",{\"values\":"),
                    response.vectors().get(i));
            out.ascii("}");
        }
        return out.ascii(batch ? "]}" : "}").toBytes();
    }
}
