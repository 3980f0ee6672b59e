package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.StreamEvent.ExtraField.Owner;
import dev.thalweg.model.ToolCall;
import java.util.List;
import java.util.Map;

/** Shows a whole answer to a writer, as a reader shows one that comes in pieces: there is one way to write it then. */
final class AnswerFeed {
    private final FrameSink sink;
    private final ToolCallPiece piece = new ToolCallPiece();

    AnswerFeed(FrameSink sink) {
        this.sink = sink;
    }

    void add(ChatResponse response) {
        sink.id(JsonText.of(response.id()));
        extra(Owner.ANSWER, -1, response.extra());
        response.choices().forEach(this::choice);
        response.usage().ifPresent(sink::usage);
    }

    private void choice(ChatChoice choice) {
        int index = choice.index();
        sink.role(index, JsonText.of("assistant"));
        List<ReasoningBlock> blocks = choice.reasoningBlocks();
        if (blocks.isEmpty() && !choice.reasoning().isEmpty()) {
            sink.reasoning(index, JsonText.of(choice.reasoning()));
        }
        blocks.forEach(block -> reasoning(index, block));
        extra(Owner.MESSAGE, index, choice.messageExtra());
        sink.text(index, JsonText.of(choice.content()));
        choice.annotations().forEach(annotation -> sink.annotation(index, value(annotation)));
        choice.logprobs().ifPresent(logprobs -> sink.logprobs(index, value(logprobs)));
        sink.refusal(index, JsonText.of(choice.refusal()));
        choice.images().forEach(image -> sink.image(index, value(image)));
        for (int i = 0; i < choice.toolCalls().size(); i++) {
            call(index, i, choice.toolCalls().get(i));
        }
        choice.finishReason().ifPresent(reason -> sink.finish(index, JsonText.of(reason.raw())));
    }

    private void reasoning(int choice, ReasoningBlock block) {
        String id = SealedReasoning.of(block.signature().orElse("")).id();
        if (id != null) {
            sink.partBegins(choice, JsonText.of(id));
        }
        if (!block.text().isEmpty()) {
            sink.reasoning(choice, JsonText.of(block.text()));
        }
        block.signature().ifPresent(signature -> sink.signature(choice, JsonText.of(signature)));
        block.redacted().ifPresent(data -> sink.redacted(choice, JsonText.of(data)));
        sink.partEnds(choice);
    }

    private void call(int choice, int index, ToolCall call) {
        piece.begin(index);
        piece.type(JsonText.of(call.type()));
        piece.id(call.id().isEmpty() ? null : JsonText.of(call.id()));
        piece.name(JsonText.of(call.name()));
        piece.arguments(JsonText.of(call.arguments()));
        sink.toolCall(choice, piece);
        extra(Owner.TOOL_CALL, choice, call.extra());
    }

    private void extra(Owner owner, int choice, Map<String, RawJson> fields) {
        fields.forEach((name, json) -> sink.extra(owner, choice, JsonText.of(name), value(json)));
    }

    private static JsonValue value(RawJson json) {
        byte[] bytes = Bytes.utf8(json.text());
        return new JsonValue().set(bytes, 0, bytes.length);
    }
}
