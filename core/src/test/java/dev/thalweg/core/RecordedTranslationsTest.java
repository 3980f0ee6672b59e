package dev.thalweg.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.Recordings.Recording;
import dev.thalweg.core.dialect.openai.Translated;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What real providers streamed, read and written anew: it reads as the same answer. */
class RecordedTranslationsTest {
    @Test
    void anAnswerThatIsWrittenAnewIsTheSame() {
        assumeTrue(
                Recordings.directory() != null,
                "no recordings of providers on this machine: name their directory in THALWEG_RECORDINGS");
        List<Recording> answers = Recordings.streams().stream()
                .filter(recording -> !recording.text().contains("\"error\":{"))
                .toList();
        assertThat(answers).hasSizeGreaterThan(25);
        for (Recording recording : answers) {
            ChatResponse read = Translated.answer(recording.bytes());
            ChatResponse again = Translated.answer(Translated.again(recording.bytes()));
            assertThat(said(again)).as(recording.name()).isEqualTo(said(read));
        }
    }

    /** All of it but for its id, its model's name, and how reasoning's details are spelled. */
    private static List<Object> said(ChatResponse answer) {
        List<Object> said = new ArrayList<>();
        for (ChatChoice choice : answer.choices()) {
            said.add(choice.index());
            said.add(choice.content());
            said.add(choice.reasoning());
            said.add(choice.reasoningBlocks());
            said.add(choice.refusal());
            said.add(choice.toolCalls());
            said.add(choice.annotations());
            said.add(choice.images());
            said.add(choice.logprobs());
            said.add(without(choice.messageExtra(), "reasoning_details"));
            said.add(without(choice.extra(), "native_finish_reason"));
            said.add(kind(choice));
        }
        said.add(answer.usage().map(Usage::inputTokens));
        said.add(answer.usage().map(Usage::outputTokens));
        said.add(answer.usage().map(Usage::cacheReadTokens));
        said.add(answer.usage().map(Usage::reasoningTokens));
        said.add(answer.extra());
        return said;
    }

    private static Map<String, ?> without(Map<String, ?> fields, String name) {
        Map<String, Object> rest = new java.util.TreeMap<>(fields);
        rest.remove(name);
        return rest;
    }

    /** A reason that was not given is a stop, and calls are one. */
    private static FinishReason.Kind kind(ChatChoice choice) {
        FinishReason.Kind kind = choice.finishReason().map(FinishReason::kind).orElse(FinishReason.Kind.STOP);
        boolean calls = kind == FinishReason.Kind.STOP && !choice.toolCalls().isEmpty();
        return calls ? FinishReason.Kind.TOOL_CALLS : kind;
    }
}
