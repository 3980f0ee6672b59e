package dev.thalweg.core.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.testkit.Cuts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What real providers streamed as Responses is read whole, the same however it is cut, and the same again when rewritten. */
class RecordedResponsesTest {
    private static final int CUTS = 20;
    private static final Map<String, byte[]> STREAMS = new TreeMap<>();

    @BeforeAll
    static void recordings() throws IOException {
        String named = System.getProperty("THALWEG_RECORDINGS", System.getenv("THALWEG_RECORDINGS"));
        Path directory = Path.of(named == null ? "../../shared/wire" : named);
        assumeTrue(
                Files.isDirectory(directory),
                "no recordings of providers on this machine: name their directory in THALWEG_RECORDINGS");
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile).forEach(file -> add(directory, file));
        }
    }

    private static void add(Path directory, Path file) {
        String name = directory.relativize(file).toString();
        if (!name.endsWith(".sse") && !name.endsWith(".chunks.txt")) {
            return;
        }
        try {
            String text = Files.readString(file);
            if (!text.contains("\"response.created\"") || !text.contains("\"response.")) {
                return;
            }
            StringBuilder stream = new StringBuilder();
            if (name.endsWith(".chunks.txt")) {
                text.lines()
                        .filter(line -> !line.isBlank())
                        .forEach(line -> stream.append("data: ").append(line).append("\n\n"));
            } else {
                stream.append(text);
            }
            STREAMS.put(name, (stream + "\n\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The response object of the last event. */
    private static JsonNode last(byte[] stream) {
        return new String(stream, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> JsonMapper.shared().readTree(line.substring(6)))
                .filter(event -> event.path("type").asString().equals("response.completed"))
                .map(event -> event.path("response"))
                .findFirst()
                .orElseThrow();
    }

    private static ChatResponse read(String name) {
        byte[] stream = STREAMS.get(name);
        assertThat(stream).as(name).isNotNull();
        return AnswersTest.assembled(List.of(stream));
    }

    @Test
    void anAnswerIsWhatItsLastEventSays() {
        assertThat(STREAMS).hasSizeGreaterThan(20);
        STREAMS.forEach((name, stream) -> {
            JsonNode response = last(stream);
            ChatResponse read = AnswersTest.assembled(List.of(stream));
            StringBuilder text = new StringBuilder();
            int calls = 0;
            for (JsonNode item : response.path("output")) {
                calls += item.path("type").asString().equals("function_call") ? 1 : 0;
                if (item.path("type").asString().equals("message")) {
                    item.path("content")
                            .forEach(part -> text.append(part.path("text").asString("")));
                }
            }
            assertThat(read.content()).as(name).isEqualTo(text.toString());
            assertThat(read.toolCalls()).as(name).hasSize(calls);
            assertThat(read.id()).as(name).isEqualTo(response.path("id").asString());
            assertThat(read.model()).as(name).isEqualTo(response.path("model").asString());
            assertThat(read.usage().orElseThrow().totalTokens())
                    .as(name)
                    .isEqualTo(response.path("usage").path("total_tokens").asLong());
            assertThat(read.finishReason().orElseThrow().kind())
                    .as(name)
                    .isEqualTo(calls > 0 ? FinishReason.Kind.TOOL_CALLS : FinishReason.Kind.STOP);
            assertThat(read.warnings()).isEmpty();
        });
    }

    @Test
    void theLastEventsResponseAloneSaysTheSame() {
        STREAMS.forEach((name, stream) -> {
            if (name.contains("starting_after")) {
                return; // A stream that begins in the middle.
            }
            ChatResponse streamed = AnswersTest.assembled(List.of(stream));
            Told whole = Told.body(last(stream).toString());
            assertThat(whole.error).isNull();
            String text = String.join(
                    "",
                    whole.lines.stream()
                            .filter(line -> line.startsWith("text "))
                            .map(line -> line.substring(5))
                            .toList());
            assertThat(text).as(name).isEqualTo(streamed.content());
        });
    }

    @Test
    void aStreamIsTheSameHoweverItIsCutAndWhenItIsWrittenAnew() {
        STREAMS.forEach((name, stream) -> {
            ChatResponse answer = AnswersTest.assembled(List.of(stream));
            String whole = AnswersTest.spelledOut(answer);
            byte[] rewritten = AnswersTest.rewritten(List.of(stream), head(answer));
            EventWriterTest.events(new String(rewritten, StandardCharsets.UTF_8));
            assertThat(AnswersTest.spelledOut(AnswersTest.assembled(List.of(rewritten))))
                    .as(name)
                    .isEqualTo(whole);
            Cuts.random(
                    stream,
                    name.hashCode(),
                    CUTS,
                    pieces -> assertThat(AnswersTest.spelledOut(AnswersTest.assembled(pieces)))
                            .isEqualTo(whole));
        });
    }

    private static AnswerHead head(ChatResponse answer) {
        long created = answer.created().map(Instant::getEpochSecond).orElse(0L);
        return new AnswerHead(answer.id(), "responses", answer.model(), created, true, List.of());
    }

    @Test
    void whatSeveralOfThemSay() {
        ChatResponse call = read("openai-responses/text.1.sse");
        assertThat(call.toolCalls().get(0).id()).isEqualTo("call_kL0PCQV7M2WMoVX8V8OtYSAL");
        assertThat(call.toolCalls().get(0).arguments()).isEqualTo("{\"country\":\"France\"}");
        ChatResponse cited = read("openai-responses/annotations.1.sse");
        assertThat(cited.choices().get(0).annotations()).hasSize(1);
        assertThat(cited.choices().get(0).annotations().get(0).text())
                .startsWith("{\"type\":\"url_citation\",\"url_citation\":{");
        assertThat(cited.choices().get(0).messageExtra()).containsKey(Names.OUTPUT_ITEMS);
        assertThat(read("openrouter/responses_raw_cot.sse").reasoning()).startsWith("The user asks: \"What is 2+2?\"");
        assertThat(read("xai/rig-streaming_tools.raw_responses_stream_preserves_tool_then_followup_text_ordering.2.sse")
                        .reasoning())
                .isEqualTo("The tool result is \"azure\".\n");
        ChatResponse sealed = read("bedrock-mantle/responses_reused_tool_ids.3.sse");
        assertThat(sealed.choices().get(0).reasoningBlocks().get(0).redacted().orElseThrow())
                .contains("\"encrypted_content\":\"rsn_5ZVrif4J0bXIqmWdledj7QIFeP7d");
        assertThat(read("openai-responses/native_tool_search.1.sse")
                        .toolCalls()
                        .get(0)
                        .extra()
                        .get("namespace")
                        .text())
                .isEqualTo("\"get_exchange_rate\"");
        assertThat(read("openai-responses/logprobs.sse").choices().get(0).logprobs())
                .isPresent();
        assertThat(read("openai-responses/moderation.sse").extra()).containsKey("moderation");
    }
}
