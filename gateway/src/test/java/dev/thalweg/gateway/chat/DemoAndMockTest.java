package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.json;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.RawClient;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The models that live in the gateway itself. */
class DemoAndMockTest {
    private static final String TOOLS =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":"
                    + "{\"type\":\"object\",\"required\":[\"city\",\"days\"],\"properties\":{\"city\":{\"type\":\"string\"},"
                    + "\"days\":{\"type\":\"integer\"}}}}}]";

    private static TestGateway demo() {
        return TestGateway.of("model_list: [{model_name: gpt, params: {model: thalweg/demo}}]");
    }

    private static TestGateway mock(String options) {
        return TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, %s}
                thalweg_settings: {num_retries: 0}
                """.formatted(options));
    }

    @Test
    void theDemoStreamsWhatItIs() {
        try (var gateway = demo()) {
            Chats.Answer answer = ask(gateway, streamed("\"max_tokens\":12"));
            assertThat(answer.done()).isTrue();
            List<String> data = answer.data();
            assertThat(json(data.get(0)).at("/choices/0/delta/role").asString()).isEqualTo("assistant");
            assertThat(answer.text()).startsWith("You said: “Hello”. I am thalweg/demo");
            JsonNode last = json(data.get(data.size() - 2));
            assertThat(last.at("/choices/0/finish_reason").asString()).isEqualTo("length");
            assertThat(answer.body()).doesNotContain("usage");
            assertThat(Chats.row(gateway).path("output_tokens").asInt()).isEqualTo(12);
        }
    }

    @Test
    void theDemoFinishesWithStopAndSaysTheSameUnary() {
        try (var gateway = demo()) {
            Chats.Answer streamed = ask(gateway, streamed("\"stream_options\":{\"include_usage\":true}"));
            JsonNode unary = json(ask(gateway, unary()).body());
            assertThat(unary.at("/choices/0/message/content").asString()).isEqualTo(streamed.text());
            assertThat(unary.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
            assertThat(unary.path("model").asString()).isEqualTo("gpt");
            assertThat(streamed.body()).contains("\"finish_reason\":\"stop\"", "\"usage\":{");
            assertThat(unary.at("/usage/prompt_tokens").asInt()).isOne();
        }
    }

    @Test
    void theDemoAnswersAsOftenAsItIsAsked() {
        try (var gateway = demo()) {
            Chats.Answer answer = ask(gateway, streamed("\"n\":3", "\"max_tokens\":4"));
            for (int choice : IntStream.range(0, 3).toArray()) {
                assertThat(answer.data().stream()
                                .filter(data -> data.contains("\"index\":" + choice))
                                .filter(data -> data.contains("\"finish_reason\":\"length\"")))
                        .hasSize(1);
            }
            JsonNode unary =
                    json(ask(gateway, unary("\"n\":2", "\"max_tokens\":1")).body());
            assertThat(unary.path("choices")).hasSize(2);
            assertThat(unary.at("/choices/1/index").asInt()).isOne();
        }
    }

    @Test
    void theDemoCallsTheToolItIsOffered() {
        try (var gateway = demo()) {
            JsonNode call = json(ask(gateway, unary(TOOLS)).body()).at("/choices/0/message/tool_calls/0");
            assertThat(call.at("/function/name").asString()).isEqualTo("weather");
            assertThat(call.path("id").asString()).startsWith("call_");
            assertThat(json(call.at("/function/arguments").asString()).toString())
                    .isEqualTo("{\"city\":\"demo\",\"days\":1}");
            Chats.Answer streamed = ask(gateway, streamed(TOOLS));
            assertThat(streamed.body()).contains("\"finish_reason\":\"tool_calls\"", "\"name\":\"weather\"");
            assertThat(ask(gateway, unary(TOOLS, "\"tool_choice\":\"none\"")).body())
                    .contains("I am thalweg/demo");
        }
    }

    @Test
    void aDemoWhoseCallerLeavesEnds() {
        try (var gateway = demo()) {
            RawClient client = gateway.post(streamed());
            client.timeout(Chats.SOON).readHead();
            client.readUntil("said");
            client.close();
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("caller_gone");
            Chats.settled(gateway);
        }
    }

    @Test
    void aMockedTextIsTheAnswer() {
        try (var gateway = mock("mock_response: 'This is a mock 🌊🌊 request'")) {
            Chats.Answer streamed = ask(gateway, streamed());
            assertThat(streamed.text()).isEqualTo("This is a mock 🌊🌊 request");
            assertThat(streamed.done()).isTrue();
            JsonNode unary = json(ask(gateway, unary()).body());
            assertThat(unary.at("/choices/0/message/content").asString()).isEqualTo("This is a mock 🌊🌊 request");
            assertThat(unary.at("/usage/total_tokens").asInt()).isEqualTo(30);
            assertThat(Chats.rows(gateway, 2))
                    .extracting(row -> row.path("output_tokens").asInt())
                    .containsOnly(20);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "litellm.RateLimitError, 429",
        "litellm.InternalServerError, 500",
        "litellm.ContextWindowExceededError, 400",
        "litellm.Timeout, 504",
        "thalweg.AuthenticationException, 401",
        "'Exception: content_filter_policy', 400"
    })
    void aMockedErrorIsThatError(String name, int status) {
        try (var gateway = mock("mock_response: '" + name + "'")) {
            ask(gateway, streamed()).error(status);
            ask(gateway, unary()).error(status);
            assertThat(Chats.rows(gateway, 2))
                    .extracting(row -> row.path("outcome").asString())
                    .containsOnly("upstream_error");
        }
    }

    @Test
    void aMockedErrorMidStreamComesAfterContent() {
        try (var gateway = mock("mock_response: 'Exception: mock_streaming_error'")) {
            Chats.Answer answer = ask(gateway, streamed());
            answer.errorEvent();
            assertThat(answer.text()).isNotEmpty();
        }
    }

    @Test
    void aMockedObjectIsTheAnswerAsItIs() {
        String options =
                "mock_response: {id: x, model: m, choices: [{index: 0, message: {role: assistant, content: Hi},"
                        + " finish_reason: stop}]}";
        try (var gateway = mock(options)) {
            JsonNode answer = json(ask(gateway, unary()).body());
            assertThat(answer.path("id").asString()).isEqualTo("x");
            assertThat(answer.path("model").asString()).isEqualTo("gpt");
            Chats.Answer streamed = ask(gateway, streamed());
            assertThat(streamed.text()).isEqualTo("Hi");
            assertThat(streamed.done()).isTrue();
        }
    }

    @Test
    void aMockedDelayIsWaitedFor() {
        try (var gateway = mock("mock_response: Hi, mock_delay: 0.2")) {
            ask(gateway, streamed());
            ask(gateway, unary());
            assertThat(Chats.rows(gateway, 2))
                    .allSatisfy(row ->
                            assertThat(row.path("duration_ms").asDouble()).isBetween(199.0, 3_000.0));
        }
    }
}
