package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.JsonElements;
import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.ToolInput;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.util.Map;

/**
 * Writes a whole answer: its reasoning, blocks of this protocol's own, text, calls. An answer of the vocabulary does not say
 * in which order they came.
 */
final class AnswerWriter {
    private final AnswerHead head;
    private final boolean own;
    private final Warnings warnings = new Warnings();
    private final ByteBuilder json = new ByteBuilder(512);
    private String comma = "";

    AnswerWriter(AnswerHead head) {
        this.head = head;
        this.own = head.upstream().equals(BedrockDialect.NAME);
        head.warnings().forEach(warnings::add);
    }

    byte[] write(ChatResponse response) {
        response.warnings().forEach(warnings::add);
        ChatChoice choice = response.choices().isEmpty()
                ? ChatChoice.builder(0).build()
                : response.choices().get(0);
        if (response.choices().size() > 1) {
            warnings.add("all choices but the first were left out: this protocol has one answer to a request");
        }
        json.ascii("{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[");
        content(choice);
        json.ascii("]}},\"stopReason\":");
        String raw = choice.finishReason().map(FinishReason::raw).orElse("");
        boolean refused = !choice.refusal().isEmpty();
        json.string(StopReason.of(raw, !choice.toolCalls().isEmpty(), refused));
        if (StopReason.hides(raw)) {
            json.ascii(",\"nativeFinishReason\":").string(raw);
        }
        json.ascii(",\"usage\":");
        UsageWriter.write(json, response.usage().orElse(null));
        fields(choice.extra());
        fields(response.extra());
        if (!own || !response.extra().containsKey("metrics")) {
            json.ascii(",\"metrics\":").ascii(MessageEnd.NO_METRICS);
        }
        MessageEnd.warnings(json, warnings.all());
        return json.ascii("}").toBytes();
    }

    private void content(ChatChoice choice) {
        if (choice.reasoningBlocks().isEmpty()) {
            if (!choice.reasoning().isEmpty()) {
                reasoning(ReasoningBlock.of(choice.reasoning(), null));
            }
        } else {
            choice.reasoningBlocks().forEach(this::reasoning);
        }
        RawJson blocks = choice.messageExtra().get(BedrockDialect.CONTENT_BLOCKS);
        if (own && blocks != null) {
            JsonElements.objects(blocks).forEach(this::block);
        }
        text(choice);
        if (!choice.refusal().isEmpty()) {
            block("{\"text\":").string(choice.refusal()).ascii("}");
        }
        choice.toolCalls().forEach(this::toolUse);
        if (!choice.images().isEmpty() || choice.audio().isPresent()) {
            warnings.add("images and sound in the answer were left out: they have no place here yet");
        }
    }

    private void reasoning(ReasoningBlock block) {
        block("{\"reasoningContent\":{");
        block.redacted()
                .ifPresentOrElse(
                        data -> json.ascii("\"redactedContent\":").string(Sealed.forCaller(head.upstream(), data)),
                        () -> {
                            json.ascii("\"reasoningText\":{\"text\":").string(block.text());
                            block.signature()
                                    .ifPresent(signature -> json.ascii(",\"signature\":")
                                            .string(Origin.mark(head.upstream(), BedrockDialect.NAME, signature)));
                            json.ascii("}");
                        });
        json.ascii("}}");
    }

    private void text(ChatChoice choice) {
        if (choice.content().isEmpty()) {
            return;
        }
        ByteBuilder cited = new ByteBuilder(0);
        CitationWriter citations = new CitationWriter();
        for (RawJson annotation : choice.annotations()) {
            byte[] bytes = Bytes.utf8(annotation.text());
            ByteBuilder citation = new ByteBuilder(256);
            if (citations.write(citation, new JsonValue().set(bytes, 0, bytes.length), own)) {
                cited.ascii(cited.length() == 0 ? "" : ",").append(citation.array(), 0, citation.length());
            }
        }
        if (cited.length() == 0) {
            block("{\"text\":").string(choice.content()).ascii("}");
            return;
        }
        block("{\"citationsContent\":{\"content\":[{\"text\":").string(choice.content());
        json.ascii("}],\"citations\":[")
                .append(cited.array(), 0, cited.length())
                .ascii("]}}");
    }

    private void toolUse(ToolCall call) {
        String input = ToolInput.of(call);
        if (!ToolInput.isObject(input)) {
            warnings.add("the arguments of a tool call are not a JSON object, and were left out");
            input = ToolInput.NONE;
        }
        block("{\"toolUse\":{\"toolUseId\":").string(call.id());
        json.ascii(",\"name\":")
                .string(call.name())
                .ascii(",\"input\":")
                .append(Bytes.utf8(input))
                .ascii("}}");
    }

    private void fields(Map<String, RawJson> fields) {
        if (own) {
            fields.forEach(
                    (name, value) -> json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text())));
        }
    }

    private ByteBuilder block(String beginning) {
        json.ascii(comma).append(Bytes.utf8(beginning));
        comma = ",";
        return json;
    }
}
