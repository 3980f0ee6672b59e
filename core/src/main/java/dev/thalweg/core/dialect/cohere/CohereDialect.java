package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.SettingPlaces;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cohere's chat API, version 2. */
public final class CohereDialect implements Dialect {
    private static final SettingPlaces SETTINGS = SettingPlaces.of(
            Map.of("top_p", "p", "top_k", "k", "stop", "stop_sequences", "max_completion_tokens", "max_tokens"));

    /** Its name. */
    public static final String NAME = "cohere";

    /**
     * The field of a message that has what its text cites, whole and in this protocol's spelling: sources that are no pages in
     * the web, results of tools for example, have no other.
     */
    public static final String CITATIONS = "citations";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(String model, boolean stream) {
        return "/chat";
    }

    @Override
    public byte[] writeRequest(
            ChatRequest request, Provider provider, String model, boolean stream, Warnings warnings) {
        return new RequestWriter(request, model, warnings).write(stream);
    }

    @Override
    public SettingPlaces settings() {
        return SETTINGS;
    }

    @Override
    public EventReader eventReader() {
        return new StreamReader();
    }

    @Override
    public @Nullable ErrorBody readAnswer(byte[] array, int offset, int length, FrameSink sink) {
        return new AnswerReader().read(array, offset, length, sink);
    }

    @Override
    public ChatRequest readRequest(byte[] array, int offset, int length) {
        return new RequestReader().read(array, offset, length);
    }

    @Override
    public EventWriter eventWriter(AnswerHead head, ChatRequest request) {
        return new StreamWriter(head);
    }

    @Override
    public byte[] writeAnswer(ChatResponse response, AnswerHead head, ChatRequest request) {
        return new AnswerWriter(head).write(response);
    }

    @Override
    public byte[] writeError(CallerError error) {
        return ErrorWriter.body(error);
    }

    @Override
    public byte[] writeErrorEvent(CallerError error, @Nullable EventWriter writer) {
        return ErrorWriter.event(error, "");
    }

    @Override
    public byte[] writeErrorEvent(CallerError error, int passed, String id, Framing framing) {
        return ErrorWriter.event(error, id);
    }
}
