package dev.thalweg.core.dialect.openai;

import static dev.thalweg.core.dialect.EmbeddingJson.field;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EmbeddingJson;
import dev.thalweg.core.dialect.PurposeWord;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Floats;
import dev.thalweg.model.EmbeddingInput;
import dev.thalweg.model.EmbeddingPurpose;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingRequest.Encoding;
import dev.thalweg.model.EmbeddingResponse;
import java.util.List;

/** Writes embeddings as OpenAI spells them. */
final class EmbeddingWriter {
    private EmbeddingWriter() {}

    static byte[] request(EmbeddingRequest request, EmbeddingSpelling spelling, String model, Warnings warnings) {
        ByteBuilder out =
                new ByteBuilder(1024).ascii("{\"model\":").string(model).ascii(",\"input\":");
        inputs(out, request.inputs());
        if (request.encoding() == Encoding.BASE64) {
            field(out, spelling.encoding()).ascii("\"base64\"");
        } else if (spelling.saysNumbers()) {
            field(out, spelling.encoding()).ascii("\"float\"");
        }
        request.dimensions()
                .ifPresent(count -> field(out, spelling.dimensions()).number(count));
        if (request.endUser().isPresent() && spelling.user()) {
            field(out, "user").string(request.endUser().get());
        } else if (request.endUser().isPresent()) {
            warnings.dropped("user", "this provider");
        }
        request.purpose().ifPresent(purpose -> purpose(out, purpose, spelling, warnings));
        EmbeddingJson.extra(out, request);
        return out.ascii("}").toBytes();
    }

    private static void purpose(
            ByteBuilder out, EmbeddingPurpose purpose, EmbeddingSpelling spelling, Warnings warnings) {
        String cohere = PurposeWord.cohere(purpose);
        if ("task".equals(spelling.purpose())) {
            field(out, "task")
                    .string(
                            switch (cohere) {
                                case "search_document" -> "retrieval.passage";
                                case "search_query" -> "retrieval.query";
                                case "classification" -> "classification";
                                default -> purpose == EmbeddingPurpose.CLUSTERING ? "separation" : "text-matching";
                            });
        } else if (spelling.purpose() != null && cohere.startsWith("search_")) {
            field(out, spelling.purpose()).string(cohere.substring("search_".length()));
        } else {
            warnings.dropped("input_type", "this provider");
        }
    }

    private static void inputs(ByteBuilder out, List<EmbeddingInput> inputs) {
        out.ascii("[");
        for (int i = 0; i < inputs.size(); i++) {
            out.ascii(i == 0 ? "" : ",");
            switch (inputs.get(i)) {
                case EmbeddingInput.Text text -> out.string(text.text());
                case EmbeddingInput.Tokens tokens -> tokens(out, tokens.ids());
            }
        }
        out.ascii("]");
    }

    private static void tokens(ByteBuilder out, int[] ids) {
        out.ascii("[");
        for (int i = 0; i < ids.length; i++) {
            out.ascii(i == 0 ? "" : ",").number(ids[i]);
        }
        out.ascii("]");
    }

    /** With an id, which OpenAI's have not: Mistral's clients take no answer without. */
    static byte[] answer(EmbeddingResponse response, AnswerHead head, Encoding encoding) {
        ByteBuilder out = new ByteBuilder(8 * 1024).ascii("{\"id\":").string(head.requestId());
        out.ascii(",\"object\":\"list\",\"data\":[");
        List<float[]> vectors = response.vectors();
        for (int i = 0; i < vectors.size(); i++) {
            out.ascii(i == 0 ? "" : ",")
                    .ascii("{\"object\":\"embedding\",\"index\":")
                    .number(i);
            vector(out.ascii(",\"embedding\":"), vectors.get(i), encoding);
            out.ascii("}");
        }
        long tokens = EmbeddingJson.told(response.counted());
        out.ascii("],\"model\":").string(head.model());
        out.ascii(",\"usage\":{\"prompt_tokens\":").number(tokens);
        out.ascii(",\"total_tokens\":").number(tokens).ascii("}");
        EmbeddingJson.warnings(out, head);
        return out.ascii("}").toBytes();
    }

    static void vector(ByteBuilder out, float[] vector, Encoding encoding) {
        if (encoding == Encoding.BASE64) {
            Floats.writeBase64(out, vector);
        } else {
            Floats.write(out, vector);
        }
    }
}
