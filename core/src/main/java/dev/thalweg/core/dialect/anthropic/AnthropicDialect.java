package dev.thalweg.core.dialect.anthropic;

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

/** Anthropic's Messages API. */
public final class AnthropicDialect implements Dialect {
    private static final SettingPlaces SETTINGS = SettingPlaces.of(
            Map.of("max_completion_tokens", "max_tokens", "stop", "stop_sequences", "user", "metadata.user_id"));

    /** Its name. */
    public static final String NAME = "anthropic";

    /**
     * The field of a message that holds, as a list in the provider's spelling, the blocks no other protocol has a word for:
     * calls of tools that run at the provider, their results, blocks not known yet. A caller who sends the field back with
     * the message gives them back to the provider.
     */
    public static final String CONTENT_BLOCKS = "content_blocks";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(String model, boolean stream) {
        return "/messages";
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
        return new MessagesReader();
    }

    @Override
    public @Nullable ErrorBody readAnswer(byte[] array, int offset, int length, FrameSink sink) {
        return AnswerReader.read(array, offset, length, sink);
    }

    @Override
    public ChatRequest readRequest(byte[] array, int offset, int length) {
        return new RequestReader().read(array, offset, length);
    }

    @Override
    public EventWriter eventWriter(AnswerHead head, ChatRequest request) {
        return new MessagesWriter(head);
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
        return ErrorWriter.event(error);
    }
}
