package dev.thalweg.core.fuzz;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.dialect.openai.PromptEstimate;
import dev.thalweg.model.ChatRequest;
import java.util.List;

/** Reads a request of one protocol and writes it in all: it is refused, or what is written is sound and can be read again. */
record RequestCheck(Protocol protocol) implements Subject.Check {
    private static final List<String> MODELS = List.of("m", "gpt-5", "claude-sonnet-4-5", "gemini-2.5-pro", "o3");

    @Override
    public boolean takes(byte[] input, Draws draws) {
        ChatRequest request;
        try {
            request = protocol.dialect.readRequest(input, 0, input.length);
        } catch (RequestProblem e) {
            told(e);
            return false;
        }
        if (PromptEstimate.ofRequest(request) < 0) {
            throw new AssertionError("estimates less than nothing");
        }
        Provider provider = draws.pick(Providers.all());
        String model = draws.pick(MODELS);
        for (Protocol upstream : Protocol.values()) {
            if (upstream != Protocol.COMPLETIONS) { // Nobody is asked in it.
                write(request, upstream, provider, model, input.length, draws.random.nextBoolean());
            }
        }
        return true;
    }

    private static void write(
            ChatRequest request, Protocol upstream, Provider provider, String model, int length, boolean stream) {
        byte[] written;
        try {
            written = upstream.dialect.writeRequest(request, provider, model, stream, new Warnings());
        } catch (RequestProblem e) {
            told(e);
            return;
        }
        Output.document(written);
        Output.inProportion(written.length, length);
        try {
            ChatRequest unused = upstream.dialect.readRequest(written, 0, written.length);
        } catch (RequestProblem e) {
            told(e); // Of a conversation nothing may be left that this protocol can say.
        }
    }

    static void told(RequestProblem problem) {
        if (problem.text().isBlank() || problem.code().isBlank()) {
            throw new AssertionError("refuses without a word", problem);
        }
    }
}
