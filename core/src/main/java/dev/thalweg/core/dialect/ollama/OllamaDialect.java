package dev.thalweg.core.dialect.ollama;

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
import org.jspecify.annotations.Nullable;

/**
 * Ollama's API: chats at {@code /api/chat}, and at {@code /api/generate} a prompt with the text that follows it. Answers are
 * one JSON object, or several, one a line, of which the last one is done.
 */
public final class OllamaDialect implements Dialect {
    /** The chats. */
    public static final OllamaDialect CHAT = new OllamaDialect("ollama", false);

    /** The prompts. */
    public static final OllamaDialect GENERATE = new OllamaDialect("ollama-generate", true);

    /** The name of the chats, and of the API as a whole. */
    public static final String NAME = "ollama";

    private final String name;
    private final boolean generates;

    private OllamaDialect(String name, boolean generates) {
        this.name = name;
        this.generates = generates;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Framing framing() {
        return Framing.JSON_LINES;
    }

    @Override
    public String path(String model, boolean stream) {
        return generates ? "/api/generate" : "/api/chat";
    }

    @Override
    public byte[] writeRequest(
            ChatRequest request, Provider provider, String model, boolean stream, Warnings warnings) {
        return new RequestWriter(request, model, warnings).write(generates, stream);
    }

    @Override
    public SettingPlaces settings() {
        return Options.SETTINGS;
    }

    @Override
    public EventReader eventReader() {
        return new LineReader();
    }

    @Override
    public @Nullable ErrorBody readAnswer(byte[] array, int offset, int length, FrameSink sink) {
        return new AnswerReader().whole(array, offset, length, sink);
    }

    @Override
    public ChatRequest readRequest(byte[] array, int offset, int length) {
        return new RequestReader().read(array, offset, length, generates);
    }

    @Override
    public EventWriter eventWriter(AnswerHead head, ChatRequest request) {
        return new LineWriter(head, generates);
    }

    @Override
    public byte[] writeAnswer(ChatResponse response, AnswerHead head, ChatRequest request) {
        return new AnswerWriter(head, generates).write(response);
    }

    @Override
    public byte[] writeError(CallerError error) {
        return ErrorWriter.body(error);
    }

    @Override
    public byte[] writeErrorEvent(CallerError error, @Nullable EventWriter writer) {
        return ErrorWriter.line(error);
    }
}
