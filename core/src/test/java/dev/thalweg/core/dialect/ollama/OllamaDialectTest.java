package dev.thalweg.core.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventReader.Kind;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is particular to Ollama's API; what every protocol can say is the conformance kit's part. */
class OllamaDialectTest {
    private static final Provider OLLAMA = Providers.find("ollama").orElseThrow();
    private static final String HEAD = "{\"model\":\"m\",\"created_at\":\"2026-08-17T08:22:52.06Z\",";
    private final Warnings warnings = new Warnings();

    // Answers of a server.

    @Test
    void callsMakeToolCallsOfStopAndGetIdsWhereTheyHaveNone() {
        String call = "\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":["
                + "{\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}},{\"id\":\"own\",\"function\":{\"name\":\"g\"}}]}";
        String stream = HEAD + call + ",\"done\":false}\n" + HEAD + "\"done\":true,\"done_reason\":\"stop\"}\n";
        ChatChoice choice = Streams.answer(stream).choices().get(0);
        assertThat(choice.finishReason().orElseThrow().raw()).isEqualTo("tool_calls");
        List<ToolCall> calls = choice.toolCalls();
        assertThat(calls.get(0).arguments()).isEqualTo("{\"a\":1}");
        assertThat(calls.get(0).id()).startsWith("call_").hasSizeGreaterThan(8);
        assertThat(calls.get(1).id()).isEqualTo("own");
        assertThat(calls.get(1).arguments()).isEqualTo("{}");
        assertThat(Streams.answer(stream).choices().get(0).toolCalls()).isEqualTo(calls);
        String later = stream.replace("08:22:52", "08:22:53");
        assertThat(Streams.answer(later).choices().get(0).toolCalls().get(0).id())
                .isNotEqualTo(calls.get(0).id());
    }

    @Test
    void aLoadHasNoContentAndSaysSo() {
        ChatResponse response = Streams.whole(
                HEAD + "\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"load\"}");
        assertThat(response.content()).isEmpty();
        assertThat(response.finishReason().orElseThrow().raw()).isEqualTo("load");
    }

    @Test
    void anOlderServerSaysNoReasonAndNoCountOfACachedPrompt() {
        ChatResponse response =
                Streams.whole(HEAD + "\"response\":\"Hi\",\"done\":true,\"eval_count\":3,\"total_duration\":9}");
        assertThat(response.content()).isEqualTo("Hi");
        assertThat(response.finishReason().orElseThrow().raw()).isEqualTo("stop");
        assertThat(response.usage().orElseThrow().inputTokens()).isZero();
        assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(3);
        assertThat(response.usage().orElseThrow().raw().orElseThrow().text())
                .isEqualTo("{\"eval_count\":3,\"total_duration\":9}");
        assertThat(response.extra()).containsKey("total_duration");
    }

    @Test
    void anErrorIsALineAndALineThatIsDoneIsTheOnlyEnd() {
        String piece = HEAD + "\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"done\":false}\n";
        assertThat(Streams.last(piece)).isEqualTo(Kind.PART);
        assertThat(Streams.last(piece + "{\"error\":\"it broke\"}\n")).isEqualTo(Kind.ERROR);
        assertThat(Streams.last(piece + HEAD + "\"done\":true}\n")).isEqualTo(Kind.END);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":null,\"done\":null,\"done_reason\":null,\"logprobs\":null,\"error\":null,\"eval_count\":null}",
                "{\"message\":[],\"done\":1,\"response\":{},\"tool_calls\":{}}",
                "{\"message\":{\"content\":null,\"thinking\":[],\"tool_calls\":[null,1,{}, {\"function\":null},"
                        + "{\"function\":{\"name\":null,\"arguments\":null}}],\"images\":[\"x\"]},\"done\":false}",
                "{}"
            })
    void whatIsNotUnderstoodIsPassedOver(String line) {
        assertThat(Streams.last(line + "\n")).isEqualTo(Kind.PART);
    }

    // Requests to a server.

    @Test
    void optionsAreInTheirObjectAndWhatOnlyThisApiHasIsKnownByItsName() {
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .maxOutputTokens(7)
                .temperature(0.5)
                .topK(3)
                .seed(9)
                .stop(List.of("END"))
                .extra("num_ctx", "4096")
                .extra("options", "{\"min_p\":0.1}")
                .extra("keep_alive", "\"5m\"")
                .extra("store", "true")
                .build();
        JsonNode body = body(request);
        assertThat(body.path("options").toString())
                .isEqualTo("{\"num_predict\":7,\"temperature\":0.5,\"top_k\":3,\"seed\":9,\"stop\":[\"END\"],"
                        + "\"num_ctx\":4096,\"min_p\":0.1}");
        assertThat(body.path("keep_alive").asString()).isEqualTo("5m");
        assertThat(body.has("store")).isFalse();
        assertThat(warnings.all()).singleElement().asString().contains("'store'");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-oss:20b, high, \"high\"",
        "gpt-oss:20b, minimal, \"low\"",
        "qwen3:4b, high, true",
        "qwen3:4b, none, false"
    })
    void onlyGptOssHasLevelsOfThinking(String model, String effort, String think) {
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .reasoning(ReasoningOptions.effort(effort))
                .build();
        JsonNode body =
                JsonMapper.shared().readTree(OllamaDialect.CHAT.writeRequest(request, OLLAMA, model, true, warnings));
        assertThat(body.path("think").toString()).isEqualTo(think);
    }

    @Test
    void aResultNamesItsToolAndEarlierThinkingGoesBackWithoutItsProof() {
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .message(Message.of(
                        "assistant",
                        List.of(
                                new Part.Reasoning(ReasoningBlock.of("Hm.", "sig")),
                                new Part.Call(ToolCall.of("c1", "f", "{\"a\":")))))
                .message(Message.tool("c1", "no such city", true))
                .build();
        JsonNode messages = body(request).path("messages");
        assertThat(messages.path(1).toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"Hm.\",\"tool_calls\":"
                        + "[{\"id\":\"c1\",\"function\":{\"index\":0,\"name\":\"f\",\"arguments\":{}}}]}");
        assertThat(messages.path(2).toString())
                .isEqualTo("{\"role\":\"tool\",\"tool_name\":\"f\",\"tool_call_id\":\"c1\","
                        + "\"content\":\"Error: no such city\"}");
        assertThat(warnings.all()).anyMatch(line -> line.contains("signature"));
        assertThat(warnings.all()).anyMatch(line -> line.contains("not a JSON object"));
    }

    @Test
    void whereNoToolMayBeCalledNoneIsOfferedAndWhatHasToBeCalledCannotBeSaid() {
        ToolSpec tool = ToolSpec.of("f", "");
        ChatRequest none = ChatRequest.builder("m")
                .user("Hi")
                .tool(tool)
                .toolChoice(ToolChoice.NONE)
                .build();
        assertThat(body(none).has("tools")).isFalse();
        ChatRequest named = none.toBuilder().toolChoice(ToolChoice.named("f")).build();
        assertThat(body(named).path("tools").size()).isEqualTo(1);
        assertThat(warnings.all()).hasSize(2).allMatch(line -> line.contains("'tool_choice'"));
    }

    // Requests of callers.

    @Test
    void callsWithoutIdsAndTheirResultsFindEachOther() {
        ChatRequest request = read("""
                {"model":"m","messages":[{"role":"user","content":"Hi"},
                {"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}},
                {"function":{"name":"g","arguments":{}}}]},
                {"role":"tool","tool_name":"g","content":"2"},{"role":"tool","content":"1"}]}""");
        List<ToolCall> calls = request.messages().get(1).toolCalls();
        assertThat(calls).extracting(ToolCall::id).doesNotHaveDuplicates();
        assertThat(request.messages().get(2).toolCallId()).contains(calls.get(1).id());
        assertThat(request.messages().get(3).toolCallId()).contains(calls.get(0).id());
    }

    @Test
    void optionsOfACallerBecomeSettingsAndTheRestKeepsItsName() {
        ChatRequest request = read("""
                {"model":"m","messages":[{"role":"user","content":"Hi","images":["/9j/4A=="]}],"think":false,"format":"json",
                "keep_alive":"5m","logprobs":true,"top_logprobs":2,
                "options":{"num_predict":5,"num_ctx":4096,"stop":"END","temperature":0.25,"seed":3}}""");
        assertThat(request.maxOutputTokens()).hasValue(5);
        assertThat(request.stop()).containsExactly("END");
        assertThat(request.seed()).hasValue(3);
        assertThat(request.logprobs()).hasValue(2);
        assertThat(request.reasoning().orElseThrow().budget()).hasValue(0);
        assertThat(request.responseFormat()).isPresent();
        assertThat(request.extra().keySet()).containsExactlyInAnyOrder("keep_alive", "num_ctx");
        assertThat(request.messages().get(0).imageUrls()).containsExactly("data:image/jpeg;base64,/9j/4A==");
    }

    @Test
    void aPromptIsWhatTheUserSays() {
        byte[] body = """
                {"model":"m","prompt":"Hi","system":"Be brief.","suffix":"x","options":{"num_predict":-1}}""".getBytes(StandardCharsets.UTF_8);
        ChatRequest request = OllamaDialect.GENERATE.readRequest(body, 0, body.length);
        assertThat(request.messages()).containsExactly(Message.system("Be brief."), Message.user("Hi"));
        assertThat(request.maxOutputTokens()).isEmpty();
        assertThat(request.extra()).containsOnlyKeys("suffix");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"model\":\"m\"}",
                "{\"model\":\"m\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"robot\",\"content\":\"\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[]}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\"}],\"options\":[]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\"}],\"format\":\"xml\"}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\"}],\"api_base\":\"http://x\"}"
            })
    void whatIsNoRequestIsRefusedWithAWord(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(RequestProblem.class);
    }

    // Answers to callers.

    @Test
    void callsGoOutWholeAndWhatWasCutDoesNot() {
        List<JsonNode> lines = written(false, writer -> {
            writer.toolCall(0, piece(0, "c1", "f", "{\"a\""));
            writer.toolCall(0, piece(1, "c2", "g", "{\"b\""));
            writer.toolCall(0, piece(0, null, null, ":1}"));
            writer.finish(0, JsonText.of("length"));
        });
        assertThat(lines.get(0).path("message").path("tool_calls").toString())
                .isEqualTo("[{\"id\":\"c1\",\"function\":{\"index\":0,\"name\":\"f\",\"arguments\":{\"a\":1}}}]");
        assertThat(lines.get(1).path("done_reason").asString()).isEqualTo("length");
        assertThat(lines.get(1).path("warnings").toString()).contains("'g'");
        assertThat(lines).hasSize(2);
    }

    @Test
    void aPromptsAnswerHasItsTextOnTop() {
        List<JsonNode> lines = written(true, writer -> {
            writer.reasoning(0, JsonText.of("Hm."));
            writer.text(0, JsonText.of("Hi\n"));
            writer.finish(0, JsonText.of("weird"));
        });
        assertThat(lines.get(0).path("thinking").asString()).isEqualTo("Hm.");
        assertThat(lines.get(1).path("response").asString()).isEqualTo("Hi\n");
        assertThat(lines.get(2).path("done").asBoolean()).isTrue();
        assertThat(lines.get(2).path("done_reason").asString()).isEqualTo("stop");
        assertThat(lines.get(2).path("native_finish_reason").asString()).isEqualTo("weird");
        assertThat(lines.get(2).path("created_at").asString()).isEqualTo("1970-01-01T00:00:01Z");
    }

    @Test
    void anAnswerThatFailedDoesNotLookLikeOne() {
        List<JsonNode> lines = written(false, writer -> writer.finish(0, JsonText.of("error")));
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.has("done")).isFalse();
            assertThat(line.path("error").asString()).contains("'error'");
        });
    }

    private static ToolCallPiece piece(int index, @Nullable String id, @Nullable String name, String arguments) {
        ToolCallPiece piece = new ToolCallPiece().begin(index);
        piece.id(id == null ? null : JsonText.of(id));
        piece.name(name == null ? null : JsonText.of(name));
        piece.arguments(JsonText.of(arguments));
        return piece;
    }

    private static List<JsonNode> written(boolean generates, Consumer<EventWriter> tell) {
        OllamaDialect dialect = generates ? OllamaDialect.GENERATE : OllamaDialect.CHAT;
        AnswerHead head = new AnswerHead("r", "openai", "m", 1, true, Framing.JSON_LINES, List.of());
        EventWriter writer = dialect.eventWriter(head, ChatRequest.of("m", "Hi"));
        tell.accept(writer);
        writer.complete();
        String text = writer.written().toString();
        assertThat(text).endsWith("}\n");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text.split("\n")) {
            lines.add(JsonMapper.shared().readTree(line));
        }
        return lines;
    }

    private JsonNode body(ChatRequest request) {
        return JsonMapper.shared()
                .readTree(OllamaDialect.CHAT.writeRequest(request, OLLAMA, "qwen3:4b", true, warnings));
    }

    private static ChatRequest read(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return OllamaDialect.CHAT.readRequest(bytes, 0, bytes.length);
    }

    @Test
    void settingsOfADeploymentAreOptionsByEitherName() {
        Map.of("max_tokens", "num_predict", "num_ctx", "num_ctx", "temperature", "temperature")
                .forEach((name, option) -> assertThat(
                                OllamaDialect.CHAT.settings().spelled(Map.of(name, "1")))
                        .isEqualTo(Map.of("options", "{\"" + option + "\":1}")));
        assertThat(OllamaDialect.CHAT.settings().spelled(Map.of("keep_alive", "1")))
                .isEqualTo(Map.of("keep_alive", "1"));
    }
}
