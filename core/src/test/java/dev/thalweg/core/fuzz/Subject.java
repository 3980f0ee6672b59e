package dev.thalweg.core.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * A reader under test.
 *
 * @param seeds inputs it takes
 */
record Subject(String name, List<byte[]> seeds, Check check) {
    /** Runs a reader on an input and looks at all that comes of it. */
    interface Check {
        /**
         * Throws if the reader did what it must not.
         *
         * @param draws what else the run needs
         * @return whether the reader took the input; false: it refused it in its own way
         */
        boolean takes(byte[] input, Draws draws);
    }

    /** All of them. */
    static List<Subject> all() {
        List<Subject> all = new ArrayList<>();
        List<byte[]> streams = new ArrayList<>();
        List<byte[]> documents = new ArrayList<>();
        List<byte[]> requests = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            String name = protocol.dialect.name();
            all.add(new Subject(name + " request", protocol.requests(), new RequestCheck(protocol)));
            all.add(new Subject(name + " stream", protocol.streams(), new StreamCheck(protocol)));
            all.add(new Subject(name + " answer", protocol.answers(), new AnswerCheck(protocol)));
            streams.addAll(protocol.streams());
            documents.addAll(protocol.answers());
            requests.addAll(protocol.requests());
        }
        documents.addAll(requests);
        for (EmbeddingForm form : EmbeddingForm.values()) {
            String name = form.label + " embeddings";
            all.add(new Subject(name, form.answers(), (input, draws) -> EmbeddingChecks.answer(form, input, draws)));
            if (form.hasCallers) {
                all.add(new Subject(
                        name + " request",
                        form.requests(),
                        (input, draws) -> EmbeddingChecks.request(form, input, draws)));
            }
        }
        all.add(new Subject("embeddings relay", EmbeddingForm.OPENAI.answers(), EmbeddingChecks::relay));
        all.add(new Subject("request head", requests, WireChecks::head));
        all.add(new Subject("events", streams, WireChecks::events));
        all.add(new Subject("json", documents, WireChecks::json));
        all.add(new Subject("error body", Seeds.own("errors", ""), WireChecks::errorBody));
        return all;
    }
}
