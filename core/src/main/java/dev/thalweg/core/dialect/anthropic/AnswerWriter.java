package dev.thalweg.core.dialect.anthropic;

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

/**
 * Writes a whole message: its reasoning, blocks of this protocol's own, text, calls. An answer of the vocabulary does not
 * say in which order they came.
 */
final class AnswerWriter {
    private final AnswerHead head;
    private final boolean own;
    private final Warnings warnings = new Warnings();
    private final ByteBuilder json = new ByteBuilder(512);
    private String comma = "";

    AnswerWriter(AnswerHead head) {
        this.head = head;
        this.own = head.upstream().equals(AnthropicDialect.NAME);
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
        MessageHead.begin(json, head, response.id()).ascii(",\"content\":[");
        content(choice);
        json.ascii("]");
        end(choice);
        json.ascii(",\"usage\":");
        UsageWriter.write(json, response.usage().orElse(null), own);
        MessageHead.warnings(json, warnings.all());
        return json.ascii("}").toBytes();
    }

    private void content(ChatChoice choice) {
        if (choice.reasoningBlocks().isEmpty()) {
            if (!choice.reasoning().isEmpty()) {
                thinking(ReasoningBlock.of(choice.reasoning(), null));
            }
        } else {
            choice.reasoningBlocks().forEach(this::thinking);
        }
        RawJson blocks = choice.messageExtra().get(AnthropicDialect.CONTENT_BLOCKS);
        if (own && blocks != null) {
            JsonElements.objects(blocks).forEach(block -> block(block));
        }
        text(choice);
        if (!choice.refusal().isEmpty()) {
            block("{\"type\":\"text\",\"text\":").string(choice.refusal()).ascii("}");
        }
        choice.toolCalls().forEach(this::toolUse);
        if (!choice.images().isEmpty() || choice.audio().isPresent()) {
            warnings.add("images and sound in the answer were left out: this protocol has no place for them");
        }
    }

    private void thinking(ReasoningBlock block) {
        block.redacted()
                .ifPresentOrElse(
                        data -> block("{\"type\":\"redacted_thinking\",\"data\":")
                                .string(marked(data)),
                        () -> block("{\"type\":\"thinking\",\"thinking\":")
                                .string(block.text())
                                .ascii(",\"signature\":")
                                .string(block.signature().map(this::marked).orElse("")));
        json.ascii("}");
    }

    private String marked(String data) {
        return Origin.mark(head.upstream(), AnthropicDialect.NAME, data);
    }

    private void text(ChatChoice choice) {
        if (choice.content().isEmpty()) {
            return;
        }
        block("{\"type\":\"text\",\"text\":").string(choice.content());
        CitationWriter citations = new CitationWriter();
        String before = ",\"citations\":[";
        for (RawJson annotation : choice.annotations()) {
            byte[] bytes = Bytes.utf8(annotation.text());
            ByteBuilder citation = new ByteBuilder(256);
            if (citations.write(citation, new JsonValue().set(bytes, 0, bytes.length), own)) {
                json.ascii(before).append(citation.array(), 0, citation.length());
                before = ",";
            }
        }
        json.ascii(before.equals(",") ? "]}" : "}");
    }

    private void toolUse(ToolCall call) {
        String input = ToolInput.of(call);
        if (!ToolInput.isObject(input)) {
            warnings.add("the arguments of a tool call are not a JSON object, and were left out");
            input = ToolInput.NONE;
        }
        block("{\"type\":\"tool_use\",\"id\":").string(call.id());
        json.ascii(",\"name\":")
                .string(call.name())
                .ascii(",\"input\":")
                .append(Bytes.utf8(input))
                .ascii("}");
    }

    private void end(ChatChoice choice) {
        String raw = choice.finishReason().map(FinishReason::raw).orElse("");
        boolean refused = !choice.refusal().isEmpty();
        RawJson stopSequence = choice.extra().get("stop_sequence");
        json.ascii(",\"stop_reason\":")
                .string(StopReason.of(raw, !choice.toolCalls().isEmpty(), refused));
        json.ascii(",\"stop_sequence\":")
                .append(Bytes.utf8(own && stopSequence != null ? stopSequence.text() : "null"));
        if (own) {
            choice.extra().forEach((name, value) -> {
                if (!name.equals("stop_sequence")) {
                    json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text()));
                }
            });
        }
        if (StopReason.hides(raw)) {
            json.ascii(",\"native_finish_reason\":").string(raw);
        }
    }

    private ByteBuilder block(String beginning) {
        json.ascii(comma).append(Bytes.utf8(beginning));
        comma = ",";
        return json;
    }
}
