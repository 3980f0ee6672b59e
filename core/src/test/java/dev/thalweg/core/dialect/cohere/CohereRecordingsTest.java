package dev.thalweg.core.dialect.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.Recordings;
import dev.thalweg.core.dialect.EventReader.Kind;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.testkit.Cuts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the real provider sent is read whole, the same however it is cut. */
class CohereRecordingsTest {
    @BeforeEach
    void recordingsAreHere() {
        Path directory = Recordings.directory();
        assumeTrue(
                directory != null && Files.isDirectory(directory.resolve("cohere")),
                "no recordings of providers on this machine: name their directory in THALWEG_RECORDINGS");
    }

    @Test
    void streamsAreCompleteAndTheSameHoweverTheyAreCut() throws IOException {
        List<Path> streams = files(".sse");
        assertThat(streams).hasSizeGreaterThanOrEqualTo(2);
        for (Path file : streams) {
            byte[] bytes = Files.readAllBytes(file);
            Told whole = Told.ofStream(List.of(bytes));
            assertThat(whole.last).as(file.toString()).isEqualTo(Kind.END);
            assertThat(whole.usage.inputTokens()).isBetween(1L, 100L);
            Cuts.everywhere(
                    bytes, pieces -> assertThat(Told.ofStream(pieces).lines).isEqualTo(whole.lines));
        }
    }

    @Test
    void aCallWithItsPlan() throws IOException {
        ChatResponse response = AnswerTest.streamed(
                Files.readString(file("rig-streaming_grammar.required_tool_choice_streams_tool_call.sse")));
        assertThat(response.reasoning()).startsWith("I will use one or more");
        assertThat(response.toolCalls()).hasSize(1);
        assertThat(response.toolCalls().get(0).arguments()).isEqualTo("{\"x\": 8, \"y\": 3}");
        assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(24);
    }

    @Test
    void aCallWithoutArguments() throws IOException {
        ChatResponse response = AnswerTest.whole(Files.readString(file("vercel-cohere-null-args.json")));
        assertThat(response.toolCalls().get(0).arguments()).isEqualTo("{}");
        assertThat(response.usage().orElseThrow().inputTokens()).isEqualTo(46);
    }

    @Test
    void citationsOfDocuments() throws IOException {
        ChatResponse response = AnswerTest.whole(Files.readString(file("vercel-cohere-citations.json")));
        assertThat(response.choices().get(0).messageExtra().get("citations").text())
                .contains("\"start\":52", "benefits.txt", "\"end\":115");
        assertThat(response.choices().get(0).annotations()).isEmpty();
    }

    @Test
    void anErrorIsNoAnswer() throws IOException {
        Told told = Told.ofAnswer(Files.readString(file("rig-errors.completion_error_preserves_status_and_body.json")));
        assertThat(told.error).startsWith("null: model 'command-does-not-exist' not found");
    }

    private static Path file(String name) {
        return Objects.requireNonNull(Recordings.directory()).resolve("cohere").resolve(name);
    }

    private static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(file(""))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
