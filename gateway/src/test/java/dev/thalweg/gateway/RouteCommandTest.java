package dev.thalweg.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code thalweg route} prints, of a gateway that runs and of a file, and what it says when it cannot. */
class RouteCommandTest {
    private static final String KEY = "sk-canary-key";

    @TempDir
    private Path directory;

    private ScriptedUpstream upstream;
    private TestGateway gateway;

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start();
        gateway = TestGateway.of(yaml() + """
                general_settings: {master_key: %s}
                keys: [{name: team, key: sk-canary-team, models: [spare]}]
                """.formatted(KEY));
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private String yaml() {
        return """
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%1$s", api_key: sk-upstream, rpm: 600, order: 1}
                    model_info: {id: first}
                  - model_name: gpt
                    params: {model: openai/gpt-4o, api_base: "%1$s", api_key: sk-upstream, order: 2}
                    model_info: {id: second}
                  - model_name: spare
                    params: {model: openai/gpt-3.5, api_base: "%1$s", api_key: sk-upstream}
                    model_info: {id: spare-1}
                  - model_name: broken
                    params: {model: groq/llama, api_key: os.environ/NO_SUCH_VARIABLE}
                router_settings: {num_retries: 2, fallbacks: [{gpt: [spare]}]}
                """.formatted(upstream.url());
    }

    private static Result run(Map<String, String> environment, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new RouteCommand(environment))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        assertThat(out.toString() + err).doesNotContain("canary", "sk-upstream", "\tat ", "Exception");
        return new Result(code, out.toString(), err.toString());
    }

    private Result ask(String... args) {
        return run(Map.of("THALWEG_BASE_URL", gateway.url(), "THALWEG_API_KEY", KEY), args);
    }

    private void chat() {
        try (RawClient client = gateway.connect()) {
            client.post(
                    "/v1/chat/completions",
                    Map.of("Content-Type", "application/json", "x-api-key", KEY),
                    "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
            assertThat(client.readHead().status()).isEqualTo(200);
            client.readBody();
        }
    }

    @Test
    void aRunningGatewaySaysWhoWouldServeAndWhatFollowsAFailure() {
        Result result = ask("gpt", "--stream");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("""
                gpt, streamed: first (openai/gpt-4o-mini) would serve it: the only one open

                   deployment  model               state                chance  in flight  first token  requests/min  tokens/min
                >  first       openai/gpt-4o-mini  open                 100 %   0          -            0 of 600      0
                   second      openai/gpt-4o       open, a later order  0 %     0          -            0             0

                When that attempt fails before the answer began:
                  connection, internal server, timeout, rate limit, authentication, not found: second (openai/gpt-4o) at once (2 retries at most)
                  context window, content policy, bad request, own: the caller is told

                Fallbacks:
                  after any failure: spare (open)
                """);
    }

    @Test
    void whatHasHappenedIsSeen() {
        upstream.enqueue(Script.status(429)
                        .header("Content-Type", "application/json")
                        .header("Retry-After", "60")
                        .text(OpenAiScripts.errorBody("requests", "rate_limit_exceeded", "Slow down."))
                        .build())
                .enqueue(OpenAiScripts.completion("Hi"));
        chat();
        Result result = ask("gpt");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("gpt: second (openai/gpt-4o) would serve it: the only one open\n")
                .containsPattern("   first +openai/gpt-4o-mini +cooling (60|59(\\.\\d)?) s \\(rate limit\\) +0 % ")
                .containsPattern(">  second +openai/gpt-4o +open +100 % +0 +0\\.\\d{1,3} s +1 +15\n");
    }

    @Test
    void withJsonItPrintsWhatTheGatewayAnswers() {
        Result result = ask("gpt", "--json", "--tags", "a, b", "--region", "eu & us", "--session", "s+1");
        assertThat(result.code()).isZero();
        JsonNode json = JsonMapper.shared().readTree(result.out());
        assertThat(json.path("object").asString()).isEqualTo("route");
        assertThat(json.at("/deployments/0/obstacle").asString()).isEqualTo("region");
    }

    @Test
    void aFileIsExplainedWithoutAnyGatewayAndThatIsSaid() throws IOException {
        Path file = Files.writeString(directory.resolve("config.yaml"), yaml());
        Result result = run(Map.of("THALWEG_BASE_URL", ScriptedUpstream.refusingUrl()), "gpt", "--config", "" + file);
        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("No gateway was asked", "just started", file.toString());
        assertThat(result.out()).startsWith("gpt: first (openai/gpt-4o-mini) would serve it");
        Result unknown = run(Map.of(), "gtp", "--config", "" + file);
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("no model 'gtp'", "./thalweg check");
        Result broken = run(Map.of(), "broken", "--config", "" + file);
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err()).contains("'broken' cannot be served", "NO_SUCH_VARIABLE");
        Result none =
                run(Map.of(), "gpt", "--config", directory.resolve("none.yaml").toString());
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("none.yaml");
    }

    @Test
    void whereNothingAnswersItSaysWhatToDo() {
        Result result = run(Map.of(), "gpt", "--url", ScriptedUpstream.refusingUrl());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("No gateway answers at http://127.0.0.1:", "./thalweg serve", "--config");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void whatTheGatewayRefusesIsSaidInItsWords() {
        assertThat(ask("gtp").err()).contains("says: This model does not exist here");
        assertThat(ask("gtp").code()).isEqualTo(1);
        Map<String, String> team = Map.of("THALWEG_BASE_URL", gateway.url(), "TEAM", "sk-canary-team");
        assertThat(run(team, "gpt", "--api-key-env", "TEAM").err()).contains("This key may not use this model");
        assertThat(run(team, "spare", "--api-key-env", "TEAM").code()).isZero();
        Result keyless = run(Map.of(), "gpt", "--url", gateway.url());
        assertThat(keyless.code()).isEqualTo(1);
        assertThat(keyless.err()).contains("wants a key:", "THALWEG_API_KEY", "--api-key-env");
        Result wrong = run(Map.of("THALWEG_API_KEY", "sk-canary-wrong"), "gpt", "--url", gateway.url());
        assertThat(wrong.err()).contains("refuses the one it was given");
    }

    @Test
    void aKeyGoesToItsOwnGatewayOnly() {
        upstream.always(Script.json(200, "{\"object\":\"page\"}"));
        Result other =
                run(Map.of("THALWEG_BASE_URL", gateway.url(), "THALWEG_API_KEY", KEY), "gpt", "--url", upstream.url());
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("no Thalweg gateway");
        assertThat(upstream.requests())
                .isNotEmpty()
                .noneMatch(request -> request.header("authorization").isPresent());
    }

    @Test
    void whatAnswersOddlyIsNoGateway() {
        upstream.always(Script.json(404, "<html>\u001b[2J"));
        assertThat(run(Map.of(), "gpt", "--url", upstream.url()).err())
                .contains("status 404", "no Thalweg gateway")
                .doesNotContain("\u001b");
        assertThat(run(Map.of(), "gpt", "--url", "localhost:8000").err()).contains("http://HOST:PORT");
        assertThat(run(Map.of("THALWEG_API_KEY", "a b"), "gpt", "--url", upstream.url())
                        .err())
                .contains("THALWEG_API_KEY", "no key has");
    }

    @Test
    void aMistakeInTheCommandLineIsExitCode2() {
        assertThat(run(Map.of()).code()).isEqualTo(2);
        assertThat(run(Map.of(), "gpt", "--config", "x", "--url", "y").code()).isEqualTo(2);
        assertThat(run(Map.of(), "gpt", "--api-key-env", "NO_SUCH").err()).contains("NO_SUCH", "not set");
    }
}
