package dev.thalweg.core.fuzz;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.dialect.openai.EmbeddingRelay;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingRequest.Encoding;
import dev.thalweg.model.EmbeddingResponse;
import java.util.List;

/** Reads requests for embeddings, and answers with them, of one form, and writes them in all. */
final class EmbeddingChecks {
    private static final List<String> MODELS =
            List.of("m", "gemini-embedding-001", "amazon.titan-embed-text-v2:0", "cohere.embed-v4:0");

    private EmbeddingChecks() {}

    static boolean request(EmbeddingForm form, byte[] input, Draws draws) {
        EmbeddingRequest request;
        try {
            request = form.dialect.readRequest(input, 0, input.length, "m");
        } catch (RequestProblem e) {
            RequestCheck.told(e);
            return false;
        }
        Provider provider = draws.pick(Providers.all());
        String model = draws.pick(MODELS);
        for (EmbeddingForm upstream : EmbeddingForm.values()) {
            try {
                byte[] written = upstream.dialect.writeRequest(request, provider, model, new Warnings());
                Output.document(written);
                Output.inProportion(written.length, input.length);
            } catch (RequestProblem e) {
                RequestCheck.told(e);
            }
        }
        if (form.dialect.namesModelInside()) {
            Output.document(form.dialect.renamed(input, model));
        }
        return true;
    }

    static boolean answer(EmbeddingForm form, byte[] input, Draws draws) {
        EmbeddingResponse response;
        try {
            response = form.dialect.readAnswer(input, 0, input.length);
        } catch (JsonSyntaxException e) {
            return false;
        }
        if (response == null) {
            return false;
        }
        AnswerHead head = new AnswerHead("req1", "u", "alias", 17, false, List.of("w"));
        Encoding encoding = draws.pick(List.of(Encoding.values()));
        EmbeddingRequest request =
                EmbeddingRequest.builder("m").encoding(encoding).build();
        for (EmbeddingForm caller : EmbeddingForm.values()) {
            if (caller.hasCallers && (caller.many() || response.vectors().size() == 1)) {
                byte[] written = caller.dialect.writeAnswer(response, head, request);
                Output.document(written);
                Output.inProportion(written.length, input.length);
            }
        }
        return true;
    }

    /** As an answer of OpenAI's is passed on. */
    static boolean relay(byte[] input, Draws draws) {
        try {
            EmbeddingRelay relay =
                    EmbeddingRelay.of(input, 0, input.length, "alias", draws.pick(List.of(Encoding.values())));
            Output.document(relay.changes().apply(input, 0, input.length));
            return relay.isAnswer();
        } catch (JsonSyntaxException e) {
            return false;
        }
    }
}
