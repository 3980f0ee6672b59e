package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Origin;
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
import java.util.ArrayList;
import java.util.List;

/** Writes a whole answer: its reasoning, its text, calls, and what it cites. */
final class AnswerWriter {
    private final AnswerHead head;
    private final boolean own;
    private final Warnings warnings = new Warnings();
    private final ByteBuilder json = new ByteBuilder(512);

    AnswerWriter(AnswerHead head) {
        this.head = head;
        this.own = AnswerParts.own(head);
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
        if (!choice.images().isEmpty() || choice.audio().isPresent()) {
            warnings.add("images and sound in the answer were left out: this protocol has no place for them");
        }
        String raw = choice.finishReason().map(FinishReason::raw).orElse("");
        json.ascii("{\"id\":").string(AnswerParts.id(head, response.id())).ascii(",");
        AnswerParts.finish(json, raw, !choice.toolCalls().isEmpty());
        json.ascii(",\"message\":{\"role\":\"assistant\"");
        content(choice);
        calls(choice.toolCalls());
        list(",\"citations\":[", citations(choice));
        json.ascii("}");
        choice.logprobs().ifPresent(value -> list(",\"logprobs\":[", new LogprobsWriter().items(view(value))));
        json.ascii(",\"usage\":");
        UsageWriter.write(json, response.usage().orElse(null), own);
        AnswerParts.warnings(json, warnings.all());
        return json.ascii("}").toBytes();
    }

    private void content(ChatChoice choice) {
        List<ByteBuilder> blocks = new ArrayList<>();
        if (!choice.reasoningBlocks().isEmpty()) {
            choice.reasoningBlocks().forEach(block -> blocks.add(thinking(block)));
        } else if (!choice.reasoning().isEmpty()) {
            blocks.add(thinking(ReasoningBlock.of(choice.reasoning(), null)));
        }
        String text = choice.content() + choice.refusal();
        boolean nothing = blocks.isEmpty() && choice.toolCalls().isEmpty();
        if (!text.isEmpty() || nothing) {
            blocks.add(new ByteBuilder(text.length() + 32)
                    .ascii("{\"type\":\"text\",\"text\":")
                    .string(text)
                    .ascii("}"));
        }
        list(",\"content\":[", blocks);
    }

    /** {@code signature} and {@code data} are this project's further fields. */
    private ByteBuilder thinking(ReasoningBlock block) {
        ByteBuilder out = new ByteBuilder(block.text().length() + 64);
        out.ascii("{\"type\":\"thinking\",\"thinking\":").string(block.text());
        block.signature().ifPresent(value -> out.ascii(",\"signature\":").string(marked(value)));
        block.redacted().ifPresent(value -> out.ascii(",\"data\":").string(marked(value)));
        return out.ascii("}");
    }

    private String marked(String data) {
        return Origin.mark(head.upstream(), CohereDialect.NAME, data);
    }

    private void calls(List<ToolCall> calls) {
        List<ByteBuilder> written = new ArrayList<>(calls.size());
        for (ToolCall call : calls) {
            String id = call.id().isEmpty() ? "call_" + head.requestId() + "_" + written.size() : call.id();
            written.add(new ByteBuilder(128)
                    .ascii("{\"id\":")
                    .string(id)
                    .ascii(",\"type\":\"function\",\"function\":{\"name\":")
                    .string(call.name())
                    .ascii(",\"arguments\":")
                    .string(ToolArguments.of(call))
                    .ascii("}}"));
        }
        list(",\"tool_calls\":[", written);
    }

    private List<ByteBuilder> citations(ChatChoice choice) {
        RawJson whole = choice.messageExtra().get(CohereDialect.CITATIONS);
        if (own) {
            return whole == null ? List.of() : CitationWriter.own(view(whole));
        }
        CitationWriter writer = new CitationWriter();
        List<ByteBuilder> written = new ArrayList<>(0);
        for (RawJson annotation : choice.annotations()) {
            ByteBuilder citation = new ByteBuilder(256);
            if (writer.write(citation, view(annotation))) {
                written.add(citation);
            } else {
                warnings.add("a citation was left out: this protocol has no place for one of its kind");
            }
        }
        return written;
    }

    private void list(String before, List<ByteBuilder> elements) {
        String comma = before;
        for (ByteBuilder element : elements) {
            json.ascii(comma).append(element.array(), 0, element.length());
            comma = ",";
        }
        json.ascii(elements.isEmpty() ? "" : "]");
    }

    private static JsonValue view(RawJson value) {
        byte[] bytes = Bytes.utf8(value.text());
        return new JsonValue().set(bytes, 0, bytes.length);
    }
}
