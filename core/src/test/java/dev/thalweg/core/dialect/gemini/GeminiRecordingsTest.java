package dev.thalweg.core.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import dev.thalweg.testkit.Cuts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the real provider sent is read whole, the same however it is cut, and its signatures go back to the byte. */
class GeminiRecordingsTest {
    @BeforeEach
    void recordingsAreHere() {
        assumeTrue(
                Files.isDirectory(directory()),
                "no recordings of providers on this machine: name their directory in THALWEG_RECORDINGS");
    }

    @Test
    void streamsAreCompleteAndTheSameHoweverTheyAreCut() throws IOException {
        List<Path> streams = files();
        assertThat(streams).hasSizeGreaterThanOrEqualTo(10);
        for (Path file : streams) {
            byte[] stream = Files.readAllBytes(file);
            StreamObserver observer = new StreamObserver(0);
            assertThat(Gemini.read(List.of(stream), observer)).isEqualTo(EventReader.Kind.PART);
            assertThat(observer.end(true, false)).as(file.toString()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(observer.usage().orElseThrow().inputTokens()).isPositive();
            String whole = Gemini.streamed(List.of(stream)).toJson();
            Cuts.random(
                    stream,
                    file.hashCode(),
                    30,
                    pieces -> assertThat(Gemini.streamed(pieces).toJson()).isEqualTo(whole));
        }
    }

    @Test
    void everyCutOfOneStream() throws IOException {
        byte[] stream = Files.readAllBytes(directory().resolve("usage_live.sse"));
        String whole = Gemini.streamed(List.of(stream)).toJson();
        Cuts.everywhere(
                stream, pieces -> assertThat(Gemini.streamed(pieces).toJson()).isEqualTo(whole));
    }

    @Test
    void theLastUsageCountsWithThoughtsAndTools() throws IOException {
        ChatResponse response = Gemini.streamed(read("web_fetch_tool.sse"));
        assertThat(response.usage().orElseThrow().inputTokens()).isEqualTo(32 + 4610);
        assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(25 + 37);
        assertThat(response.usage().orElseThrow().reasoningTokens()).hasValue(37);
        assertThat(response.choices().get(0).annotations().get(0).text())
                .contains("https://ai.pydantic.dev", "url_citation");
        assertThat(response.choices().get(0).extra()).containsKeys("groundingMetadata", "urlContextMetadata");
    }

    @Test
    void signaturesGoBackToTheByteOnThePartTheyStoodOn() throws IOException {
        for (Path file : files()) {
            String stream = Files.readString(file);
            JsonNode content = returned(Gemini.streamed(stream).choices().get(0));
            for (String line :
                    stream.lines().filter(one -> one.startsWith("data: ")).toList()) {
                for (JsonNode part : Gemini.tree(line.substring(6)).at("/candidates/0/content/parts")) {
                    if (part.has("thoughtSignature")) {
                        assertThat(parts(content)).as(file.toString()).anySatisfy(back -> {
                            assertThat(back.path("thoughtSignature")).isEqualTo(part.path("thoughtSignature"));
                            assertThat(back.path("text").asString(""))
                                    .isEqualTo(part.path("text").asString(""));
                            assertThat(back.at("/functionCall/args")).isEqualTo(part.at("/functionCall/args"));
                            assertThat(back.path("executableCode")).isEqualTo(part.path("executableCode"));
                        });
                    }
                }
            }
        }
    }

    private static List<JsonNode> parts(JsonNode content) {
        List<JsonNode> parts = new ArrayList<>();
        content.path("parts").forEach(parts::add);
        return parts;
    }

    /** What a conversation that goes on from this answer has of it. */
    private static JsonNode returned(ChatChoice choice) {
        List<Part> parts = new ArrayList<>();
        for (ReasoningBlock block : choice.reasoningBlocks()) {
            parts.add(new Part.Reasoning(block));
        }
        parts.add(new Part.Text(choice.content()));
        for (ToolCall call : choice.toolCalls()) {
            parts.add(new Part.Call(call));
        }
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .message(Message.of("assistant", parts).withExtra(choice.messageExtra()))
                .build();
        return Gemini.written(request, "gemini-3-pro", new Warnings()).at("/contents/1");
    }

    @Test
    void anErrorSaysWhatItSays() throws IOException {
        byte[] error = Files.readAllBytes(directory().resolve("error_404_model.json"));
        var body = ErrorReader.read(error, 0, error.length);
        assertThat(body.type()).isEqualTo("NOT_FOUND");
        assertThat(body.status()).isEqualTo(404);
        assertThat(body.code()).isNull();
        assertThat(body.message()).startsWith("models/gemini-3.6-flahs is not found");
    }

    private static String read(String name) throws IOException {
        return Files.readString(directory().resolve(name));
    }

    private static Path directory() {
        String named = System.getProperty("THALWEG_RECORDINGS", System.getenv("THALWEG_RECORDINGS"));
        return (named == null ? Path.of("../../shared/wire") : Path.of(named)).resolve("gemini");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.toString().endsWith(".sse"))
                    .sorted()
                    .toList();
        }
    }
}
