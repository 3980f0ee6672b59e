package dev.thalweg.core.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.dialect.EventReader.Kind;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.testkit.Cuts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real server sent is read whole, and the same however it is cut. */
class OllamaRecordingsTest {
    private static final int CUTS = 50;

    @BeforeEach
    void recordingsAreHere() {
        assumeTrue(
                Files.isDirectory(directory()),
                "no recordings of providers on this machine: name their directory in THALWEG_RECORDINGS");
    }

    @Test
    void streamsAreCompleteAndTheSameHoweverTheyAreCut() throws IOException {
        List<Path> streams = files(".ndjson");
        assertThat(streams).isNotEmpty();
        for (Path file : streams) {
            byte[] bytes = Files.readAllBytes(file);
            assertThat(Streams.read(List.of(bytes), new EventCollector()))
                    .as(file.toString())
                    .isEqualTo(Kind.END);
            StringBuilder text = new StringBuilder();
            JsonNode last = JsonMapper.shared().nullNode();
            for (String line : Files.readAllLines(file)) {
                last = JsonMapper.shared().readTree(line);
                text.append(last.path("message").path("content").asString());
            }
            long input = last.path("prompt_eval_count").asLong();
            String all = text.toString();
            Cuts.random(bytes, file.toString().hashCode(), CUTS, pieces -> {
                ChatResponse answer = Streams.answer(pieces);
                assertThat(answer.content()).isEqualTo(all);
                assertThat(answer.usage().orElseThrow().inputTokens()).isEqualTo(input);
            });
        }
    }

    @Test
    void wholeAnswersAreReadWhole() throws IOException {
        List<Path> answers = files(".json");
        assertThat(answers).isNotEmpty();
        for (Path file : answers) {
            String json = Files.readString(file);
            JsonNode sent = JsonMapper.shared().readTree(json);
            ChatResponse answer = Streams.whole(json);
            assertThat(answer.content())
                    .isEqualTo(sent.path("message").path("content").asString());
            assertThat(answer.model()).isEqualTo(sent.path("model").asString());
            assertThat(answer.finishReason().orElseThrow().raw())
                    .isEqualTo(sent.path("done_reason").asString());
            assertThat(answer.usage().orElseThrow().outputTokens())
                    .isEqualTo(sent.path("eval_count").asLong());
        }
    }

    private static List<Path> files(String end) throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file ->
                            file.toString().endsWith(end) && !file.toString().endsWith(".meta.json"))
                    .sorted()
                    .toList();
        }
    }

    private static Path directory() {
        String named = System.getenv("THALWEG_RECORDINGS");
        return Path.of(named == null ? "../../shared/wire" : named, "ollama");
    }
}
