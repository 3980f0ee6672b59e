package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.RelayOutput;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Message;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ResponseFormat;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The completions that were before chat. */
class CompletionsDialectTest {
    private static final Dialect CHAT = new OpenAiDialect();
    private static final Dialect TEXT = new CompletionsDialect();

    @Test
    void aPromptIsWhatTheUserSays() {
        for (String prompt : List.of("\"Hi\"", "[\"Hi\"]")) {
            byte[] body = ("{\"model\":\"m\",\"prompt\":" + prompt + ",\"max_tokens\":5,\"echo\":false,\"stop\":\"x\"}")
                    .getBytes(StandardCharsets.UTF_8);
            ChatRequest request = TEXT.readRequest(body, 0, body.length);
            assertThat(request.messages()).hasSize(1);
            assertThat(request.messages().get(0).content()).isEqualTo("Hi");
            assertThat(request.maxOutputTokens()).hasValue(5);
            assertThat(request.stop()).containsExactly("x");
            assertThat(request.extra()).containsOnlyKeys("echo");
        }
        for (String prompt : List.of("[\"a\",\"b\"]", "[1,2]", "[[1]]", "[]", "7", "{}", "null")) {
            byte[] body = ("{\"model\":\"m\",\"prompt\":" + prompt + "}").getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> TEXT.readRequest(body, 0, body.length))
                    .isInstanceOf(RequestProblem.class)
                    .hasMessageContaining("'prompt'");
        }
    }

    @Test
    void aCompletionIsItsTexts() {
        var writer = TEXT.eventWriter(Translated.head("anthropic", false, "w"), Translated.REQUEST);
        var unused = Translated.read(
                ("data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"a\"}},"
                                + "{\"text\":\"b\",\"index\":1,\"finish_reason\":\"max_tokens\"}]}\n\n")
                        .getBytes(StandardCharsets.UTF_8),
                writer);
        writer.complete();
        String stream = writer.written().toString();
        assertThat(stream)
                .startsWith(
                        "data: {\"id\":\"cmpl-req1\",\"object\":\"text_completion\",\"created\":17,\"model\":\"alias\","
                                + "\"choices\":[{\"text\":\"a\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}],"
                                + "\"thalweg_warnings\":[\"w\"]}\n\n")
                .endsWith("data: [DONE]\n\n");
        ChatResponse read = Translated.answer(stream);
        assertThat(read.choices()).extracting(choice -> choice.content()).containsExactly("a", "b");
        assertThat(read.choices())
                .extracting(choice -> choice.finishReason().orElseThrow().raw())
                .containsExactly("stop", "length");
        byte[] whole = TEXT.writeAnswer(read, Translated.head("openai", false), Translated.REQUEST);
        assertThat(JsonMapper.shared()
                        .readTree(whole)
                        .path("choices")
                        .path(1)
                        .path("text")
                        .asString())
                .isEqualTo("b");
        assertThat(answer(new String(whole, StandardCharsets.UTF_8)).choices()).hasSize(2);
    }

    @Test
    void aTextBesideADeltaIsNotSaidTwice() {
        assertThat(Frames.ofChoice("\"index\":0,\"text\":\"a\",\"delta\":{\"content\":\"a\"}"))
                .containsExactly("0 text a");
        assertThat(Frames.ofChoice("\"text\":\"a\",\"index\":3,\"message\":{\"content\":\"a\"}"))
                .containsExactly("3 text a");
        assertThat(Frames.ofChoice("\"text\":\"a\",\"index\":3,\"finish_reason\":\"stop\""))
                .containsExactly("3 text a", "3 finish stop");
    }

    @Test
    void aStreamOfAnUpstreamIsPassedOnAndObserved() {
        String stream =
                "data: {\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"choices\":[{\"text\":\" fib\",\"index\":0,"
                        + "\"logprobs\":null,\"finish_reason\":null}],\"model\":\"b\",\"usage\":null}\n\n"
                        + "data: {\"choices\":[{\"text\":\"\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"length\"}]}\n\n"
                        + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":31,\"completion_tokens\":25,\"total_tokens\":56}}\n\n"
                        + "data: [DONE]\n\n";
        StreamObserver observer = new StreamObserver(0);
        Relay relay = new Relay(observer, null, true, 1 << 20, new HeldBytes(1 << 20));
        ByteBuilder passed = new ByteBuilder(64);
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        Relay.State state = relay.feed(bytes, 0, bytes.length, new RelayOutput() {
            @Override
            public void pass(int offset, int length) {
                passed.append(bytes, offset, length);
            }

            @Override
            public void put(byte[] array, int offset, int length) {
                passed.append(array, offset, length);
            }
        });
        assertThat(state).isEqualTo(Relay.State.DONE);
        assertThat(passed.toString()).isEqualTo(stream);
        assertThat(observer.hasContent()).isTrue();
        assertThat(observer.end(true, true)).isEqualTo(StreamEnd.COMPLETE);
        assertThat(observer.usage())
                .hasValueSatisfying(usage -> assertThat(usage.outputTokens()).isEqualTo(25));
    }

    @Test
    void itsErrorsAreThoseOfChat() {
        CallerError error = new CallerError(400, "m", "invalid_request_error", "c", "prompt", "req1", List.of());
        assertThat(TEXT.writeError(error)).isEqualTo(CHAT.writeError(error));
        assertThat(TEXT.writeErrorEvent(error, null)).isEqualTo(CHAT.writeErrorEvent(error, null));
    }

    @Test
    void aSingleMessageIsThePrompt() {
        Warnings warnings = new Warnings();
        ChatRequest request = ChatRequest.builder("m")
                .user("Once upon a time")
                .maxOutputTokens(7)
                .choices(2)
                .stop(List.of("x"))
                .logprobs(3)
                .endUser("u")
                .build();
        JsonNode body = written(request, true, warnings);
        assertThat(body.toString())
                .isEqualTo("{\"model\":\"up\",\"prompt\":\"Once upon a time\",\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true},\"max_tokens\":7,\"n\":2,\"user\":\"u\","
                        + "\"stop\":[\"x\"],\"logprobs\":3}");
        assertThat(warnings.isEmpty()).isTrue();
        assertThat(written(request, false, warnings).has("stream")).isFalse();
    }

    @Test
    void aConversationIsOneTextWithWhoSpeaks() {
        Warnings warnings = new Warnings();
        ChatRequest.Builder request = ChatRequest.builder("m")
                .system("Be brief.")
                .user("Hello")
                .message(Message.assistant("Hi"))
                .user("And then?");
        String prompt = "Be brief.\n\nUser: Hello\n\nAssistant: Hi\n\nUser: And then?\n\nAssistant:";
        assertThat(written(request.build(), false, warnings).path("prompt").asString())
                .isEqualTo(prompt);
        assertThat(warnings.all()).singleElement().asString().contains("one text");
        request.message(Message.assistant("Then it"));
        assertThat(written(request.build(), false, warnings).path("prompt").asString())
                .isEqualTo(prompt + " Then it");
    }

    @Test
    void whatACompletionCannotSayIsNamed() {
        Warnings warnings = new Warnings();
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.user("Look", List.of("https://x.example/a.png")))
                .message(Message.assistant("", List.of(ToolCall.of("c1", "f", "{}"))))
                .message(Message.tool("c1", "42"))
                .tool(ToolSpec.of("f", "d"))
                .toolChoice(ToolChoice.AUTO)
                .responseFormat(ResponseFormat.JSON)
                .topK(3)
                .build();
        JsonNode body = written(request, false, warnings);
        assertThat(body.propertyNames()).containsExactly("model", "prompt");
        assertThat(body.path("prompt").asString()).isEqualTo("User: Look\n\nAssistant:");
        assertThat(String.join("\n", warnings.all()))
                .contains("an image", "a tool's call", "a tool's result", "'tools'", "'tool_choice'")
                .contains("'response_format'", "'top_k'");
    }

    @Test
    void howProbableTokensWereIsToldInTheWordsOfChat() {
        String body =
                "{\"choices\":[{\"text\":\"ab\",\"index\":0,\"logprobs\":{\"text_offset\":[0,1],\"tokens\":[\"a\",\"b\"],"
                        + "\"token_logprobs\":[null,-0.25],\"top_logprobs\":[null,{\"b\":-0.25,\"c\":-2}]},"
                        + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}";
        EventCollector collector = new EventCollector();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(TEXT.readAnswer(bytes, 0, bytes.length, collector)).isNull();
        ChatResponse read = Assembler.assemble(List.of(collector.takeChunk(new RawJson(body))));
        assertThat(read.content()).isEqualTo("ab");
        assertThat(read.usage().orElseThrow().outputTokens()).isEqualTo(2);
        assertThat(read.toJson())
                .contains("{\"content\":[{\"token\":\"b\",\"logprob\":-0.25,\"bytes\":null,\"top_logprobs\":["
                        + "{\"token\":\"b\",\"logprob\":-0.25,\"bytes\":null},{\"token\":\"c\",\"logprob\":-2,"
                        + "\"bytes\":null}]}],\"refusal\":null}");
    }

    private static JsonNode written(ChatRequest request, boolean stream, Warnings warnings) {
        return JsonMapper.shared()
                .readTree(TEXT.writeRequest(request, Providers.all().get(0), "up", stream, warnings));
    }

    private static ChatResponse answer(String json) {
        EventCollector collector = new EventCollector();
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        assertThat(CHAT.readAnswer(body, 0, body.length, collector)).isNull();
        return Assembler.assemble(List.of(collector.takeChunk(new RawJson(json))));
    }
}
