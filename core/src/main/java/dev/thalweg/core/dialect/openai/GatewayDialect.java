package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.ReasoningBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions as a gateway of this kind is asked in them: reasoning that a provider of another protocol signed or
 * encrypted goes with the {@linkplain Origin mark} of that protocol, by which the gateway knows it. All else is {@link
 * OpenAiDialect}'s.
 */
public final class GatewayDialect implements Dialect {
    private final OpenAiDialect chat = new OpenAiDialect();

    @Override
    public String name() {
        return chat.name();
    }

    @Override
    public String path(String model, boolean stream) {
        return chat.path(model, stream);
    }

    @Override
    public byte[] writeRequest(
            ChatRequest request, Provider provider, String model, boolean stream, Warnings warnings) {
        return new ChatRequestWriter(request, provider, model, warnings, GatewayDialect::marked).write(stream);
    }

    private static Message marked(Message message) {
        if (message.parts().stream().noneMatch(Part.Reasoning.class::isInstance)) {
            return message;
        }
        List<Part> parts = message.parts().stream().map(GatewayDialect::marked).toList();
        return Message.of(message.role(), parts).withExtra(message.extra());
    }

    private static Part marked(Part part) {
        if (!(part instanceof Part.Reasoning reasoning)) {
            return part;
        }
        ReasoningBlock block = reasoning.block();
        String from = block.dialect().orElse(OpenAiDialect.NAME);
        ReasoningBlock marked = block.redacted()
                .map(data -> ReasoningBlock.redacted(Origin.mark(from, OpenAiDialect.NAME, data)))
                .orElseGet(() -> ReasoningBlock.of(
                        block.text(),
                        block.signature()
                                .map(signature -> Origin.mark(from, OpenAiDialect.NAME, signature))
                                .orElse(null)));
        return new Part.Reasoning(marked, reasoning.extra());
    }

    @Override
    public EventReader eventReader() {
        return chat.eventReader();
    }

    @Override
    public @Nullable ErrorBody readAnswer(byte[] array, int offset, int length, FrameSink sink) {
        return chat.readAnswer(array, offset, length, sink);
    }

    @Override
    public ChatRequest readRequest(byte[] array, int offset, int length) {
        return chat.readRequest(array, offset, length);
    }

    @Override
    public EventWriter eventWriter(AnswerHead head, ChatRequest request) {
        return chat.eventWriter(head, request);
    }

    @Override
    public byte[] writeAnswer(ChatResponse response, AnswerHead head, ChatRequest request) {
        return chat.writeAnswer(response, head, request);
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
