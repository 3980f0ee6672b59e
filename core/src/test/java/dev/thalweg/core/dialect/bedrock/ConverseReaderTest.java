package dev.thalweg.core.dialect.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.EventReader.Kind;
import dev.thalweg.model.Usage;
import dev.thalweg.testkit.AwsFrame;
import dev.thalweg.testkit.Cuts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConverseReaderTest {
    @Test
    void text() {
        Told told = Told.ofStream(List.of(Fixtures.TEXT));
        assertThat(told.lines)
                .containsExactly(
                        "role assistant",
                        "end",
                        "text Grüß",
                        "text  \"Gott\"",
                        "end",
                        "CHOICE additionalModelResponseFields {\"stop_sequence\":\"END\"}",
                        "finish stop_sequence",
                        "ANSWER metrics {\"latencyMs\":512}",
                        "ANSWER trace {\"guardrail\":{\"x\":1}}");
        assertThat(told.last).isEqualTo(Kind.END);
    }

    @Test
    void thePromptIsWhatWasReadFromACacheWrittenToItAndTheRest() {
        Usage usage = Told.ofStream(List.of(Fixtures.TEXT)).usage;
        assertThat(usage.inputTokens()).isEqualTo(3_210);
        assertThat(usage.uncachedInputTokens()).isEqualTo(10);
        assertThat(usage.cacheReadTokens()).hasValue(3_000);
        assertThat(usage.cacheWriteTokens()).hasValue(200);
        assertThat(usage.outputTokens()).isEqualTo(7);
    }

    @Test
    void reasoningAndCalls() {
        Told told = Told.ofStream(List.of(Fixtures.REASONING_AND_CALLS));
        assertThat(told.lines)
                .containsExactly(
                        "role assistant",
                        "reasoning Let me",
                        "reasoning  see.",
                        "signature EqQB+/==",
                        "end",
                        "redacted QWIrLzk9",
                        "end",
                        "end",
                        "call 0 function tooluse_1 weather null",
                        "call 0 null null null {\"city\": \"P",
                        "call 0 null null null aris\"}",
                        "end",
                        "end",
                        "call 1 function tooluse_2 now null",
                        "call 1 null null null {}",
                        "end",
                        "finish tool_use");
    }

    @Test
    void whatToolsAtTheProviderDidIsToldWholeAndACitationAsOpenAiSpellsIt() {
        Told told = Told.ofStream(List.of(Fixtures.SERVER_TOOLS));
        assertThat(told.lines.stream().filter(line -> !line.equals("end")))
                .containsExactly(
                        "role assistant",
                        "MESSAGE bedrock_content_blocks [{\"toolUse\":{\"name\":\"code\",\"toolUseId\":\"t1\","
                                + "\"type\":\"server_tool_use\",\"input\":{\"snippet\":\"1+1\"}}}]",
                        "MESSAGE bedrock_content_blocks [{\"toolResult\":{\"status\":\"success\",\"toolUseId\":\"t1\","
                                + "\"content\":[{\"json\":{\"stdOut\":\"2\"}}]}}]",
                        "annotation {\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://e.org\",\"title\":\"T\","
                                + "\"content\":\"words\"}}",
                        "text Two.",
                        "finish end_turn");
    }

    @Test
    void aWholeAnswer() {
        Told told = Told.ofAnswer(Fixtures.ANSWER);
        assertThat(told.error).isEmpty();
        assertThat(told.lines.stream().filter(line -> !line.equals("end")))
                .containsExactly(
                        "role assistant",
                        "reasoning Hm.",
                        "signature Sg+/==",
                        "redacted QWIrLzk9",
                        "text I look.",
                        "text Cited.",
                        "annotation {\"location\":{\"documentPage\":{\"start\":1}}}",
                        "image {\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,QUJD\"}}",
                        "call 0 function t1 weather {\"city\":\"Paris\"}",
                        "MESSAGE bedrock_content_blocks [{\"toolUse\":{\"toolUseId\":\"t2\",\"name\":\"code\",\"input\":{},"
                                + "\"type\":\"server_tool_use\"}}]",
                        "ANSWER metrics {\"latencyMs\":9}",
                        "ANSWER trace {\"guardrail\":{\"x\":1}}",
                        "finish guardrail_intervened");
        assertThat(told.usage.inputTokens()).isEqualTo(14);
    }

    @Test
    void aStreamIsTheSameHoweverItIsCut() {
        for (byte[] stream : Fixtures.STREAMS) {
            List<String> whole = Told.ofStream(List.of(stream)).lines;
            Cuts.everywhere(
                    stream, pieces -> assertThat(Told.ofStream(pieces).lines).isEqualTo(whole));
        }
    }

    @Test
    void exceptionsErrorsAndDocumentsWithoutAnAnswerAreErrors() {
        byte[] exception = AwsFrame.exception("throttlingException", "{\"message\":\"Slow down\"}")
                .bytes();
        assertThat(Told.ofStream(List.of(exception)).error).isEqualTo("throttlingException: Slow down");
        byte[] error = AwsFrame.error("InternalFailure", "It broke").bytes();
        assertThat(Told.ofStream(List.of(error)).error).isEqualTo("InternalFailure: It broke");
        assertThat(Told.ofAnswer("{\"message\":\"No\"}").error).isEqualTo("null: No");
    }

    @Test
    void nullsUnknownMembersAndUnknownEventsArePassedOver() {
        byte[] stream = Fixtures.stream(
                "future", "{\"x\":null}",
                "messageStart", "{}",
                "contentBlockDelta", "{\"contentBlockIndex\":null,\"delta\":null}",
                "contentBlockDelta",
                        "{\"contentBlockIndex\":7,\"delta\":{\"toolUse\":{\"input\":\"x\"},\"future\":[]}}",
                "contentBlockDelta", "{\"contentBlockIndex\":7,\"delta\":{\"reasoningContent\":null,\"text\":null}}",
                "contentBlockStart", "{\"contentBlockIndex\":1,\"start\":{\"future\":{}}}",
                "contentBlockStop", "{}",
                "messageStop", "{\"stopReason\":null}",
                "metadata", "{\"usage\":null}");
        assertThat(Told.ofStream(List.of(stream)).lines).doesNotContainAnyElementsOf(List.of("finish null"));
    }

    static boolean recorded() {
        return Files.isDirectory(directory());
    }

    static List<Path> recordings() throws IOException {
        if (!recorded()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .toList();
        }
    }

    @EnabledIf("recorded")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("recordings")
    void recordedStreamsAreCompleteAndTheSameHoweverTheyAreCut(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Told whole = Told.ofStream(List.of(bytes));
        assertThat(whole.last).isEqualTo(Kind.END);
        assertThat(whole.usage.outputTokens()).isPositive();
        assertThat(whole.lines).anyMatch(line -> line.startsWith("finish "));
        Cuts.everywhere(bytes, pieces -> assertThat(Told.ofStream(pieces).lines).isEqualTo(whole.lines));
    }

    private static Path directory() {
        String named = System.getProperty("THALWEG_RECORDINGS", System.getenv("THALWEG_RECORDINGS"));
        return (named == null ? Path.of("../../shared/wire") : Path.of(named)).resolve("bedrock");
    }
}
