package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.SettingPlaces;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's completions, which were before chat: a prompt, and text that goes on from it. A caller may speak them to any
 * upstream, for one prompt of text; the prompt is what the user says then. An upstream that has nothing else is asked for
 * the text that follows a conversation. Where both sides speak them, {@link Relay} and {@link CompletionRelay} pass them on.
 */
public final class CompletionsDialect implements Dialect {
    private static final SettingPlaces SETTINGS = SettingPlaces.of(Map.of("max_completion_tokens", "max_tokens"));

    /** {@code completions}. */
    public static final String NAME = "completions";

    private final OpenAiDialect chat = new OpenAiDialect();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(String model, boolean stream) {
        return "/completions";
    }

    @Override
    public byte[] writeRequest(
            ChatRequest request, Provider provider, String model, boolean stream, Warnings warnings) {
        return new TextRequestWriter(request, provider, model, warnings).write(stream);
    }

    @Override
    public SettingPlaces settings() {
        return SETTINGS;
    }

    @Override
    public EventReader eventReader() {
        return new ChunkReader(ResponseReader.ofText());
    }

    @Override
    public @Nullable ErrorBody readAnswer(byte[] array, int offset, int length, FrameSink sink) {
        return OpenAiDialect.readAnswer(ResponseReader.ofText(), array, offset, length, sink);
    }

    @Override
    public ChatRequest readRequest(byte[] array, int offset, int length) {
        return ChatRequestReader.readCompletion(array, offset, length);
    }

    @Override
    public EventWriter eventWriter(AnswerHead head, ChatRequest request) {
        return new TextChunkWriter(head);
    }

    @Override
    public byte[] writeAnswer(ChatResponse response, AnswerHead head, ChatRequest request) {
        return TextAnswerWriter.write(response, head);
    }

    @Override
    public byte[] writeError(CallerError error) {
        return chat.writeError(error);
    }

    @Override
    public byte[] writeErrorEvent(CallerError error, @Nullable EventWriter writer) {
        return chat.writeErrorEvent(error, writer);
    }
}
