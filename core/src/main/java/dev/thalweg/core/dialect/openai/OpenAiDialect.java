package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.OldFunctions;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions. Where caller and upstream both speak them, {@link Relay} and {@link CompletionRelay} pass
 * them on as they are; this is for when only one of the two does.
 */
public final class OpenAiDialect implements Dialect {
    /** {@code openai}. */
    public static final String NAME = "openai";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(String model, boolean stream) {
        return "/chat/completions";
    }

    @Override
    public byte[] writeRequest(
            ChatRequest request, Provider provider, String model, boolean stream, Warnings warnings) {
        return RequestWriter.write(request, provider, model, stream, warnings);
    }

    @Override
    public EventReader eventReader() {
        return new ChunkReader(new ResponseReader());
    }

    /** JSON that is neither an answer nor an error is refused as if it were none. */
    @Override
    public @Nullable ErrorBody readAnswer(byte[] array, int offset, int length, FrameSink sink) {
        return readAnswer(new ResponseReader(), array, offset, length, sink);
    }

    /** The same by this reader. */
    static @Nullable ErrorBody readAnswer(ResponseReader reader, byte[] array, int offset, int length, FrameSink sink) {
        reader.read(array, offset, length, sink);
        if (reader.isError()) {
            return ErrorReader.read(array, offset, length);
        }
        if (reader.choices() < 0) {
            throw new JsonSyntaxException("No choices in a completion", 0);
        }
        return null;
    }

    @Override
    public ChatRequest readRequest(byte[] array, int offset, int length) {
        return ChatRequestReader.read(array, offset, length);
    }

    @Override
    public EventWriter eventWriter(AnswerHead head, ChatRequest request) {
        return new ChunkWriter(head, asksForFunctions(request));
    }

    @Override
    public byte[] writeAnswer(ChatResponse response, AnswerHead head, ChatRequest request) {
        return AnswerWriter.write(response, head, asksForFunctions(request));
    }

    @Override
    public byte[] writeError(CallerError error) {
        return ErrorWriter.body(error);
    }

    @Override
    public byte[] writeErrorEvent(CallerError error, @Nullable EventWriter writer) {
        return ErrorWriter.event(ErrorWriter.body(error));
    }

    /** Whether the caller speaks the form before tools, so that it is answered to him. */
    private static boolean asksForFunctions(ChatRequest request) {
        return request.extra().containsKey(OldFunctions.FIELD);
    }
}
