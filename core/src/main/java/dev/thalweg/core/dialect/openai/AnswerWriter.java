package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a whole answer of an upstream of any protocol, with what a stream of the same answer says. */
final class AnswerWriter {
    private AnswerWriter() {}

    /**
     * The body.
     *
     * @param functions whether the caller asked in the form before tools
     */
    static byte[] write(ChatResponse response, AnswerHead head, boolean functions) {
        List<String> warnings = new ArrayList<>(head.warnings());
        response.warnings().stream().filter(one -> !warnings.contains(one)).forEach(warnings::add);
        ChatResponse said = response.toBuilder()
                .id(ChunkWriter.id(response.id(), head))
                .model(head.model())
                .created(Instant.ofEpochSecond(head.created()))
                .choices(response.choices().stream()
                        .map(choice -> choice(choice, head, functions))
                        .toList())
                .usage(usage(response.usage().orElse(null)))
                .extra(ChunkFrame.withWarnings(response.extra(), warnings))
                .build();
        return Bytes.utf8(said.toJson());
    }

    private static ChatChoice choice(ChatChoice choice, AnswerHead head, boolean functions) {
        List<ToolCall> calls = calls(choice, head, functions);
        boolean asFunction = calls.stream().anyMatch(call -> call.type().equals(ToolCall.FUNCTION_CALL));
        Map<String, RawJson> extra = new LinkedHashMap<>(choice.extra());
        FinishReason reason = choice.finishReason().orElse(null);
        if (reason != null) {
            String word = FinishWord.of(reason, !calls.isEmpty(), asFunction);
            if (!word.equals(reason.raw())) {
                extra.putIfAbsent(FinishWord.NATIVE, new RawJson(Json.quoted(reason.raw())));
            }
            reason = new FinishReason(reason.kind(), word);
        }
        return ChatChoice.builder(choice.index())
                .content(choice.content())
                .reasoning(choice.reasoning())
                .refusal(choice.refusal())
                .toolCalls(calls)
                .annotations(choice.annotations())
                .images(choice.images())
                .audio(choice.audio().orElse(null))
                .logprobs(choice.logprobs().orElse(null))
                .messageExtra(messageExtra(choice, head))
                .extra(extra)
                .finishReason(reason)
                .build();
    }

    private static Map<String, RawJson> messageExtra(ChatChoice choice, AnswerHead head) {
        Map<String, RawJson> extra = new LinkedHashMap<>(choice.messageExtra());
        if (!choice.reasoningBlocks().isEmpty()) {
            extra.put("reasoning_details", ReasoningWriter.details(choice.reasoningBlocks(), head.upstream()));
        }
        return extra;
    }

    private static List<ToolCall> calls(ChatChoice choice, AnswerHead head, boolean functions) {
        List<ToolCall> calls = new ArrayList<>(choice.toolCalls().size());
        for (ToolCall call : choice.toolCalls()) {
            if (functions) {
                return List.of(call.withType(ToolCall.FUNCTION_CALL));
            }
            boolean nameless = call.id().isEmpty() && !call.type().equals(ToolCall.FUNCTION_CALL);
            String id = "call_" + head.requestId() + "_" + choice.index() + "_" + calls.size();
            calls.add(
                    nameless
                            ? ToolCall.of(id, call.name(), call.arguments())
                                    .withType(call.type())
                                    .withExtra(call.extra())
                            : call);
        }
        return calls;
    }

    private static @Nullable Usage usage(@Nullable Usage usage) {
        return usage == null
                ? null
                : Usage.builder()
                        .inputTokens(usage.inputTokens())
                        .outputTokens(usage.outputTokens())
                        .raw(new RawJson(UsageJson.of(usage)))
                        .build();
    }
}
