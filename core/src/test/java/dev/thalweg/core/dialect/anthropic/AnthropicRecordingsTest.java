package dev.thalweg.core.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.EventReader.Kind;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.testkit.Cuts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the real provider sent is read whole, the same however it is cut, and comes out for a caller as it was. */
class AnthropicRecordingsTest {
    private static final int CUTS = 50;

    @BeforeEach
    void recordingsAreHere() {
        assumeTrue(
                Files.isDirectory(directory()),
                "no recordings of providers on this machine: name their directory in THALWEG_RECORDINGS");
    }

    @Test
    void streamsAreCompleteAndTheSameHoweverTheyAreCut() throws IOException {
        List<Path> streams = files(".sse");
        assertThat(streams).hasSizeGreaterThanOrEqualTo(10);
        for (Path file : streams) {
            byte[] bytes = Files.readAllBytes(file);
            Told whole = Told.ofStream(List.of(bytes));
            assertThat(whole.last).as(file.toString()).isEqualTo(Kind.END);
            assertThat(whole.usage.inputTokens()).isPositive();
            Cuts.random(
                    bytes,
                    file.toString().hashCode(),
                    CUTS,
                    pieces -> assertThat(Told.ofStream(pieces).lines).isEqualTo(whole.lines));
        }
    }

    @Test
    void textIsTheTextOfTheDeltasAndTheCallerGetsTheSameBlocks() throws IOException {
        for (Path file : files(".sse")) {
            String stream = Files.readString(file);
            StringBuilder expected = new StringBuilder();
            for (JsonNode event : events(stream)) {
                expected.append(event.path("delta").path("text").asString(""));
            }
            assertThat(AnswerTest.streamed(stream).content())
                    .as(file.toString())
                    .isEqualTo(expected.toString());
            Written written =
                    Written.by("anthropic", sink -> Told.read(List.of(Fixtures.bytes(stream)), sink, new Told()));
            List<JsonNode> original = events(stream).stream()
                    .filter(event -> !event.path("type").asString().equals("ping"))
                    .toList();
            assertThat(blockTypes(written.events)).as(file.toString()).isEqualTo(blockTypes(original));
        }
    }

    @Test
    void thinkingHasItsSignatureToTheByte() throws IOException {
        String stream = Files.readString(directory().resolve("thinking_signature.sse"));
        ReasoningBlock block =
                AnswerTest.streamed(stream).choices().get(0).reasoningBlocks().get(0);
        assertThat(block.text()).endsWith("help prevent accidents.");
        assertThat(block.signature().orElseThrow())
                .startsWith("EvMCCkYICxgCKkCHP2cS")
                .endsWith("UhjfQYAQ==");
        assertThat(stream).contains("\"signature\":\"" + block.signature().orElseThrow() + "\"");
    }

    @Test
    void encryptedThinkingIsKept() throws IOException {
        ChatResponse response = AnswerTest.streamed(Files.readString(directory().resolve("redacted_thinking.sse")));
        List<ReasoningBlock> blocks = response.choices().get(0).reasoningBlocks();
        assertThat(blocks).hasSize(2).allMatch(block -> block.redacted().isPresent());
        assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(189);
        assertThat(response.content()).startsWith("I notice that you've sent what");
    }

    @Test
    void aSearchKeepsItsBlocksAndCitations() throws IOException {
        ChatChoice choice = AnswerTest.streamed(Files.readString(directory().resolve("web_search_tool.sse")))
                .choices()
                .get(0);
        JsonNode blocks = tree(choice.messageExtra().get("content_blocks"));
        assertThat(blocks.findValuesAsString("type")).contains("server_tool_use", "web_search_tool_result");
        assertThat(blocks).hasSize(4);
        assertThat(blocks.path(0).path("input").path("query").asString()).isNotEmpty();
        assertThat(choice.annotations()).hasSize(7);
        assertThat(tree(choice.annotations().get(0))
                        .path("url_citation")
                        .path("url")
                        .asString())
                .startsWith("https://www.accuweather.com/");
    }

    @Test
    void aCallWithItsCaller() throws IOException {
        ChatResponse response = AnswerTest.streamed(Files.readString(directory().resolve("native_tool_search.1.sse")));
        assertThat(response.toolCalls()).hasSize(1);
        assertThat(response.toolCalls().get(0).name()).isEqualTo("get_exchange_rate");
        assertThat(response.toolCalls().get(0).extra().get("caller").text()).isEqualTo("{\"type\":\"direct\"}");
        assertThat(response.finishReason().orElseThrow().raw()).isEqualTo("tool_use");
        assertThat(response.usage().orElseThrow().inputTokens()).isEqualTo(1_591);
    }

    @Test
    void thinkingThatIsCountedWithinTheAnswer() throws IOException {
        ChatResponse response = AnswerTest.streamed(Files.readString(directory().resolve("advisor_tool.sse")));
        assertThat(response.usage().orElseThrow().reasoningTokens()).hasValue(47);
        assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(145);
    }

    @Test
    void errorsSayWhatTheySaid() throws IOException {
        for (Path file : files(".json")) {
            byte[] bytes = Files.readAllBytes(file);
            JsonNode error = JsonMapper.shared().readTree(bytes).path("error");
            if (!error.isMissingNode()) {
                assertThat(ErrorReader.read(bytes, 0, bytes.length).type())
                        .as(file.toString())
                        .isEqualTo(error.path("type").asString());
                assertThat(ErrorReader.read(bytes, 0, bytes.length).message())
                        .isEqualTo(error.path("message").asString());
            }
        }
    }

    private static List<String> blockTypes(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("content_block").path("type").asString(""))
                .filter(type -> !type.isEmpty())
                .toList();
    }

    private static List<JsonNode> events(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> JsonMapper.shared().readTree(line.substring(6)))
                .toList();
    }

    private static JsonNode tree(RawJson json) {
        return JsonMapper.shared().readTree(json.text().getBytes(StandardCharsets.UTF_8));
    }

    private static Path directory() {
        String named = System.getProperty("THALWEG_RECORDINGS", System.getenv("THALWEG_RECORDINGS"));
        return (named == null ? Path.of("../../shared/wire") : Path.of(named)).resolve("anthropic");
    }

    private static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !file.toString().endsWith(".meta.json"))
                    .sorted()
                    .toList();
        }
    }
}
