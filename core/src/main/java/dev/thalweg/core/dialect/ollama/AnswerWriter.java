package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.util.List;

/** Writes a whole answer, of a chat or to a prompt. */
final class AnswerWriter {
    private final AnswerHead head;
    private final boolean generates;
    private final AnswerEnd end;
    private final ByteBuilder json = new ByteBuilder(512);

    AnswerWriter(AnswerHead head, boolean generates) {
        this.head = head;
        this.generates = generates;
        this.end = new AnswerEnd(head);
    }

    byte[] write(ChatResponse response) {
        response.warnings().forEach(end::note);
        ChatChoice choice = response.choices().isEmpty()
                ? ChatChoice.builder(0).build()
                : response.choices().get(0);
        if (response.choices().size() > 1) {
            end.note("all choices but the first were left out: this protocol has one answer to a request");
        }
        leftOut(choice);
        end.usage(response.usage().orElse(null));
        end.reason(choice.finishReason().map(FinishReason::raw).orElse(""));
        if (!choice.refusal().isEmpty()) {
            end.refused();
        }
        response.extra().forEach(end::field);
        AnswerHeadWriter.begin(json, head);
        message(choice);
        logprobs(choice);
        end.write(json);
        return json.toBytes();
    }

    private void message(ChatChoice choice) {
        json.ascii(generates ? ",\"response\":" : ",\"message\":{\"role\":\"assistant\",\"content\":")
                .string(choice.content() + choice.refusal());
        if (!choice.reasoning().isEmpty()) {
            json.ascii(",\"thinking\":").string(choice.reasoning());
        }
        String before = ",\"" + ReasoningDetails.FIELD + "\":[";
        for (ReasoningBlock block : choice.reasoningBlocks()) {
            ReasoningDetails.write(json.ascii(before), block, head.upstream());
            before = ",";
        }
        json.ascii(choice.reasoningBlocks().isEmpty() ? "" : "]");
        if (!generates) {
            List<ToolCall> calls = CallWriter.sayable(choice.toolCalls(), end::note);
            CallWriter.write(json, calls, 0);
            json.ascii("}");
        }
    }

    private void logprobs(ChatChoice choice) {
        choice.logprobs().ifPresent(all -> {
            byte[] bytes = Bytes.utf8(all.text());
            JsonValue content = new JsonValue();
            if (Logprobs.content(new JsonValue().set(bytes, 0, bytes.length), content)) {
                json.ascii(",\"logprobs\":").value(content);
            }
        });
    }

    private void leftOut(ChatChoice choice) {
        if (!choice.images().isEmpty() || choice.audio().isPresent()) {
            end.note("images and sound in the answer were left out: this protocol has no place for them");
        }
        if (!choice.annotations().isEmpty()) {
            end.note("what the answer cites was left out: this protocol has no place for it");
        }
        if (generates && !choice.toolCalls().isEmpty()) {
            end.note("the calls of tools were left out: this protocol has no place for them");
        }
    }
}
