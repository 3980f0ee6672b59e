package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.examples.sdk.Conversation;
import dev.thalweg.examples.sdk.FirstAnswerWins;
import dev.thalweg.examples.sdk.HandleErrors;
import dev.thalweg.examples.sdk.KeepAndReplay;
import dev.thalweg.examples.sdk.ManyStreams;
import dev.thalweg.examples.sdk.Quickstart;
import dev.thalweg.examples.sdk.ReadEvents;
import dev.thalweg.examples.sdk.SetTimeouts;
import dev.thalweg.examples.sdk.SeveralDeployments;
import dev.thalweg.examples.sdk.ShowAPicture;
import dev.thalweg.examples.sdk.StopAStream;
import dev.thalweg.examples.sdk.WeatherTool;
import dev.thalweg.testkit.AnthropicScripts;
import dev.thalweg.testkit.OllamaAnswer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the SDK's pages. */
class SdkExamplesTest {
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final Map<String, String> environment =
            Map.of("OPENAI_BASE_URL", upstream.url(), "OPENAI_API_KEY", "sk-example");

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void theFirstProgramAsksWhoIsNamed() throws Exception {
        upstream.enqueue(OpenAiScripts.stream("Water ", "finds"));
        assertThat(Program.run(Quickstart.class, environment)).isEqualTo("Water finds\n");

        upstream.enqueue(new OllamaAnswer().text("its ", "way").stream());
        Map<String, String> ollama = Map.of("OLLAMA_API_BASE", upstream.url());
        assertThat(Program.run(Quickstart.class, ollama, "ollama_chat/llama3.2"))
                .isEqualTo("its way\n");
        assertThat(upstream.requests().getLast().target()).isEqualTo("/api/chat");

        try (Scene scene = Scene.gpt4()) {
            assertThat(Program.run(Quickstart.class, scene.environment(), "gpt-demo"))
                    .contains("Write a haiku about rivers");
        }
    }

    @Test
    void thinkingIsToldFromTheAnswer() throws Exception {
        upstream.enqueue(
                AnthropicScripts.answer().thinking("sig", "There ", "are many").text("Twenty", "-five").stream());
        Map<String, String> anthropic = Map.of("ANTHROPIC_API_KEY", "sk-example", "ANTHROPIC_BASE_URL", upstream.url());
        assertThat(Program.run(ReadEvents.class, anthropic))
                .matches("\\(There are many\\)\nTwenty-five\n\\[end_turn]\n\\[\\d+ chunks, \\[]]\n");
    }

    @Test
    void aConversationGoesOn() throws Exception {
        upstream.enqueue(OpenAiScripts.completion("The Volga."));
        upstream.enqueue(OpenAiScripts.stream("The ", "Yangtze."));
        assertThat(Program.run(Conversation.class, environment)).isEqualTo("The Volga.\nThe Yangtze.\n6 messages\n");
        assertThat(upstream.requests().getLast().bodyText())
                .contains("Answer in one sentence.", "longest of Europe", "The Volga.", "And of Asia?", "0.2", "200");
    }

    @Test
    void aPictureGoesAlong(@TempDir Path directory) throws Exception {
        upstream.enqueue(OpenAiScripts.completion("A river."));
        Path file = Files.write(directory.resolve("river.png"), new byte[] {1, 2, 3});
        assertThat(Program.run(ShowAPicture.class, environment, file.toString()))
                .isEqualTo("A river.\n");
        assertThat(upstream.requests().getLast().bodyText())
                .contains("data:image/png;base64,AQID", "\"detail\":\"low\"", "\"service_tier\":\"flex\"");
    }

    @Test
    void theAnswerThatIsThereFirstStopsTheOther() throws Exception {
        upstream.answer(
                request -> request.bodyText().contains("mini") ? OpenAiScripts.completion("Mini.") : Script.hang());
        assertThat(Program.run(FirstAnswerWins.class, environment)).isEqualTo("Mini.\n");
        upstream.awaitOpenConnections(0, Duration.ofSeconds(10));
    }

    @Test
    void manyStreamsTakeTurns() throws Exception {
        upstream.always(OpenAiScripts.stream("Four", " and five"));
        assertThat(Program.run(ManyStreams.class, environment, "100")).isEqualTo("1300 characters\n");
        assertThat(upstream.requests()).hasSize(100);
        assertThat(upstream.connections()).isLessThanOrEqualTo(20);
    }

    @Test
    void anErrorSaysWhatToDo() throws Exception {
        upstream.enqueue(OpenAiScripts.error(
                400, "invalid_request_error", "context_length_exceeded", "This model's maximum context length is 5"));
        assertThat(Program.run(HandleErrors.class, environment)).isEqualTo("Too long for openai/gpt-4o-mini\n");

        upstream.enqueue(
                Script.status(429).header("Retry-After", "90").text("{}").build());
        assertThat(Program.run(HandleErrors.class, environment)).isEqualTo("Come back in PT1M30S\n");

        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Once"))
                .flush()
                .rst()
                .build());
        assertThat(Program.run(HandleErrors.class, environment))
                .matches("Once\nApiConnectionException 502 upstream_cut, may pass\nSo far: Once\n"
                        + "openai/gpt-4o-mini: ApiConnectionException upstream_cut after \\d+ ms\n");
    }

    @Test
    void eachCallMayHaveClocksOfItsOwn() throws Exception {
        upstream.enqueue(OpenAiScripts.completion("Hi."));
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("Once")).hang().build());
        assertThat(Program.run(SetTimeouts.class, environment, "1")).isEqualTo("Hi.\nOnce … total_timeout\n");
    }

    @Test
    void anotherThreadStopsTheStream() throws Exception {
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("1, 2, 3"))
                .hang()
                .build());
        Program.Run run = Program.start(StopAStream.class, environment);
        assertThat(run.read(23)).contains("Enter stops it.\n", "1, 2, 3");
        run.process().outputWriter().append('\n').flush();
        assertThat(run.whole()).isEqualTo("\nStopped after: 1, 2, 3\n");
        upstream.awaitOpenConnections(0, Duration.ofSeconds(10));
    }

    @Test
    void anotherDeploymentAnswersAndTheListOfAttemptsSaysSo() throws Exception {
        upstream.answer(request -> request.bodyText().contains("llama")
                ? OpenAiScripts.completion("Hi there.")
                : OpenAiScripts.error(401, "invalid_request_error", "invalid_api_key", "No"));
        Map<String, String> both = Map.of(
                "OPENAI_BASE_URL",
                upstream.url(),
                "OPENAI_API_KEY",
                "sk-example",
                "HOSTED_VLLM_API_BASE",
                upstream.url());
        assertThat(Program.run(SeveralDeployments.class, both))
                .matches("Hi there\\.\n(openai/gpt-4o-mini: AuthenticationException invalid_api_key after \\d+ ms\n)?"
                        + "hosted_vllm/llama-3\\.1-8b: answered after \\d+ ms\n");
    }

    @Test
    void theModelGetsWhatTheToolGaveBack() throws Exception {
        upstream.enqueue(Script.json(200, """
                {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":\
                {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":\
                {"name":"weather","arguments":"{\\"place\\":\\"Lauterbrunnen\\"}"}}]},"finish_reason":"tool_calls"}]}"""));
        upstream.enqueue(OpenAiScripts.completion("Cold: the falls are frozen."));
        assertThat(Program.run(WeatherTool.class, environment))
                .isEqualTo("[weather({\"place\":\"Lauterbrunnen\"})#call_1]\nCold: the falls are frozen.\n");
        assertThat(upstream.requests().getLast().bodyText())
                .contains("\"tool_call_id\":\"call_1\"", "4 °C, the falls are frozen");
    }

    @Test
    void aKeptStreamIsPlayedAgain(@TempDir Path directory) throws Exception {
        upstream.enqueue(OpenAiScripts.stream("Why did ", "the chicken …"));
        String file = directory.resolve("joke.jsonl").toString();
        assertThat(Program.run(KeepAndReplay.class, environment, file)).isEqualTo("Why did the chicken …\n[stop]\n");
        assertThat(upstream.requests()).hasSize(1);
    }
}
