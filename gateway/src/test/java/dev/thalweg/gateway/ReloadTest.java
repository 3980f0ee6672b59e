package dev.thalweg.gateway;

import static dev.thalweg.gateway.ReloadingGateway.SOON;
import static dev.thalweg.gateway.ReloadingGateway.streamed;
import static dev.thalweg.gateway.ReloadingGateway.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.ReloadOutcome;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A configuration read again while the gateway runs: what changes, what stays, and what is said of it. */
class ReloadTest {
    private static final String SUCCESSFUL = "thalweg_config_last_reload_successful";

    @TempDir
    private Path directory;

    private ScriptedUpstream upstream;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("hello"));
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private Path file() {
        return directory.resolve("config.yaml");
    }

    /** A file with these models, all of one upstream, and further sections. */
    private String yaml(String models, String... sections) {
        StringBuilder yaml = new StringBuilder("model_list:\n");
        for (String model : models.split(" ")) {
            yaml.append("  - {model_name: %s, params: {model: openai/x, api_base: \"%s\", api_key: sk-canary-up}}\n"
                    .formatted(model, upstream.url()));
        }
        return yaml + String.join("\n", sections) + "\n";
    }

    private static String reloads(ReloadOutcome outcome) {
        return "thalweg_config_reloads_total{outcome=\"" + outcome.label() + "\"}";
    }

    @ParameterizedTest
    @CsvSource({
        "'model_list: [{', config.yaml:1:, not YAML",
        "'modell_list: []', config.yaml:1:1:, model_list",
        "'', config.yaml:, empty",
        "'model_list:\n  - model_name: gpt\n    params: {model: openai/x, api_key: os.environ/NOT_SET_ANYWHERE}',"
                + " config.yaml:3:, NOT_SET_ANYWHERE",
        "'model_list:\n  - model_name: gpt\n    params: {model: opena', config.yaml:3:, not YAML",
        "'model_list:\n  - model_name: gpt', config.yaml:2:, params",
    })
    void aFileWithAMistakeChangesNothingAndIsSaidWithItsPlace(String broken, String place, String reason) {
        try (var gateway = ReloadingGateway.of(file(), yaml("gpt"))) {
            assertThat(gateway.reload(broken)).isEqualTo(ReloadOutcome.REFUSED);
            assertThat(gateway.said()).contains("stays in force", place, reason);
            assertThat(gateway.status("", unary("gpt"))).isEqualTo(200);
            assertThat(gateway.metric("", SUCCESSFUL)).isZero();
            assertThat(gateway.metric("", reloads(ReloadOutcome.REFUSED))).isEqualTo(1);

            assertThat(gateway.reload(yaml("gpt other"))).isEqualTo(ReloadOutcome.APPLIED);
            assertThat(gateway.status("", unary("other"))).isEqualTo(200);
            assertThat(gateway.metric("", SUCCESSFUL)).isEqualTo(1);
            assertThat(gateway.metric("", reloads(ReloadOutcome.APPLIED))).isEqualTo(1);
        }
    }

    @Test
    void aFileThatCannotBeReadChangesNothing() throws IOException {
        try (var gateway = ReloadingGateway.of(file(), yaml("gpt"))) {
            Files.write(file(), new byte[] {'a', (byte) 0xff});
            assertThat(gateway.reloader().reload()).isEqualTo(ReloadOutcome.REFUSED);
            Files.delete(file());
            assertThat(gateway.reloader().reload()).isEqualTo(ReloadOutcome.REFUSED);
            Files.createDirectory(file());
            assertThat(gateway.reloader().reload()).isEqualTo(ReloadOutcome.REFUSED);
            assertThat(gateway.said()).contains("the file is not UTF-8", "there is no such file", "it is a directory");
            assertThat(gateway.status("", unary("gpt"))).isEqualTo(200);
        }
    }

    @Test
    void whatChangedIsSaidByNameAndNoSecretIsShown() {
        String keys = "keys:\n  - {name: %s, key: %s}\n  - {name: staying, key: %s}";
        String master = "general_settings: {master_key: sk-canary-master, shutdown_timeout: %s}";
        String settings = "thalweg_settings: {num_retries: %d, event_loops: %d}";
        String before = yaml(
                "gone stays",
                keys.formatted("leaving", "sk-canary-1", "sk-canary-2"),
                master.formatted("30s"),
                settings.formatted(2, 1));
        String after = yaml(
                        "stays comes",
                        keys.formatted("joining", "sk-canary-3", "sk-canary-4"),
                        master.formatted("5s"),
                        settings.formatted(0, 2))
                .replace(
                        "{model_name: stays, params: {model: openai/x,",
                        "{model_name: stays, params: {model: openai/y,");
        try (var gateway = ReloadingGateway.of(file(), before)) {
            assertThat(gateway.reload(after)).isEqualTo(ReloadOutcome.APPLIED);
            assertThat(gateway.said())
                    .contains("models added: comes;", "models removed: gone;", "models changed: stays;")
                    .contains("keys added: joining;", "keys removed: leaving;", "keys changed: staying;")
                    .contains("num_retries 2 -> 0", "shutdown_timeout 30s -> 5s")
                    .contains("changed at the next start only: event_loops.")
                    .doesNotContain("canary", "event_loops 1");
            assertThat(gateway.reload(after)).isEqualTo(ReloadOutcome.UNCHANGED);
            assertThat(gateway.said()).contains("nothing to change. changed at the next start only: event_loops.");
            assertThat(gateway.reload(before)).isEqualTo(ReloadOutcome.APPLIED);
            assertThat(gateway.said().lines().toList().getLast()).doesNotContain("next start");
        }
    }

    @Test
    void aModelThatOnlyMovedInTheFileIsNotSaidToHaveChanged() {
        try (var gateway = ReloadingGateway.of(file(), yaml("a b"))) {
            assertThat(gateway.reload(yaml("new a b"))).isEqualTo(ReloadOutcome.APPLIED);
            assertThat(gateway.said()).contains("models added: new.").doesNotContain("changed:");
        }
    }

    @Test
    void aGatewayThatAsksForAKeyIsNotOpenedWhileItRuns() {
        String master = "general_settings: {master_key: sk-canary-master}";
        try (var gateway = ReloadingGateway.of(file(), yaml("gpt", master))) {
            assertThat(gateway.reload(yaml("gpt other"))).isEqualTo(ReloadOutcome.REFUSED);
            assertThat(gateway.said()).contains("it has no key any more");
            assertThat(gateway.status("", unary("gpt"))).isEqualTo(401);
            assertThat(gateway.status("sk-canary-master", unary("gpt"))).isEqualTo(200);
        }
    }

    @Test
    void aKeyThatIsTakenAwayIsRefusedAtOnceAndItsRunningStreamGoesOn() {
        String two = "keys: [{name: old, key: sk-canary-old}, {name: new, key: sk-canary-new}]";
        String one = "keys: [{name: new, key: sk-canary-new}]";
        CountDownLatch goOn = new CountDownLatch(1);
        upstream.enqueue(waiting(goOn));
        try (var gateway = ReloadingGateway.of(file(), yaml("gpt", two));
                RawClient resting = gateway.send("sk-canary-old", streamed("gpt"));
                RawClient second = gateway.gateway().connect().timeout(SOON)) {
            assertThat(resting.readHead().status()).isEqualTo(200);
            resting.readUntil("one");
            ReloadingGateway.send(second, "sk-canary-old", unary("gpt"));
            assertThat(second.readHead().status()).isEqualTo(200);
            second.readBody();

            assertThat(gateway.reload(yaml("gpt", one))).isEqualTo(ReloadOutcome.APPLIED);
            ReloadingGateway.send(second, "sk-canary-old", unary("gpt"));
            assertThat(second.readHead().status()).as("the same connection").isEqualTo(401);
            assertThat(gateway.status("sk-canary-old", unary("gpt"))).isEqualTo(401);
            assertThat(gateway.status("sk-canary-new", unary("gpt"))).isEqualTo(200);

            goOn.countDown();
            RawClient.Body rest = resting.readBody();
            assertThat(rest.clean()).isTrue();
            assertThat(TestGateway.plain(rest.text()))
                    .endsWith("data: [DONE]\n\n")
                    .doesNotContain("error");
            assertThat(gateway.metric(
                            "sk-canary-new",
                            "thalweg_requests_total{model=\"gpt\",outcome=\"complete\",provider=\"openai\"}"))
                    .as("counted through both configurations")
                    .isEqualTo(3);
        }
    }

    @Test
    void limitsOfRequestsHoldForTheNextOneOnAnOpenConnection() {
        String deep = unary("gpt").replace("\"hi\"", "[".repeat(12) + "]".repeat(12));
        try (var gateway = ReloadingGateway.of(file(), yaml("gpt"));
                RawClient client = gateway.gateway().connect().timeout(SOON)) {
            ReloadingGateway.send(client, "", deep);
            assertThat(client.readHead().status()).isEqualTo(200);
            client.readBody();
            gateway.reload(yaml("gpt", "general_settings: {max_json_depth: 10}"));
            ReloadingGateway.send(client, "", deep);
            assertThat(client.readHead().status()).isEqualTo(400);
            client.readBody();
            gateway.reload(yaml("gpt", "general_settings: {max_request_bytes: 10}"));
            ReloadingGateway.send(client, "", deep);
            assertThat(client.readHead().status()).isEqualTo(413);
            assertThat(TestGateway.plain(client.readBody().text())).contains("larger than 10 bytes");
        }
    }

    /** A stream that stops after its first word until it may go on. */
    static Script waiting(CountDownLatch goOn) {
        return Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("one"))
                .flush()
                .awaitSignal(goOn)
                .event(OpenAiScripts.contentChunk("two"))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
    }
}
