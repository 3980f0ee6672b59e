package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.examples.sdk.KeepAndReplay;
import dev.thalweg.examples.sdk.LogEveryCall;
import dev.thalweg.examples.sdk.SeveralDeployments;
import dev.thalweg.examples.sdk.StopAStream;
import dev.thalweg.examples.sdk.WeatherTool;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the SDK's page. */
class SdkExamplesTest {
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final Map<String, String> environment =
            Map.of("OPENAI_BASE_URL", upstream.url(), "OPENAI_API_KEY", "sk-example");

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void everyCallIsALineInTheLog() throws Exception {
        upstream.enqueue(OpenAiScripts.completion("Hi there."));
        assertThat(Program.run(LogEveryCall.class, environment))
                .matches("openai/gpt-4o-mini complete, 15 tokens, \\d+ ms\nHi there\\.\n");
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
                .isEqualTo("weather({\"place\":\"Lauterbrunnen\"})#call_1\nCold: the falls are frozen.\n");
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
