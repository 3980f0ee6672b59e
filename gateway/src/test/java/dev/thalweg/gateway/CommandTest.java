package dev.thalweg.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says and the exit codes it leaves with, where it does not go on to serve. */
class CommandTest {
    @TempDir
    private Path directory;

    private record Result(int code, String out, String err) {}

    private static Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.command()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        return new Result(code, out.toString(), err.toString());
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("config.yaml"), text).toString();
    }

    @Test
    void withoutACommandItSaysWhatThereIs() {
        Result result = run();
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("Usage: thalweg", "serve", "check", "First steps:");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void helpGoesToStandardOutput() {
        Result result = run("--help");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Usage: thalweg", "thalweg check config.yaml");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void eachCommandExplainsItsOptionsDefaultsAndExitCodes() {
        Result serve = run("serve", "--help");
        assertThat(serve.code()).isZero();
        assertThat(serve.out())
                .contains("--config", "--port", "--host", "--data", "--no-reload")
                .contains("Default: 8000", "Default: 127.0.0.1")
                .contains("Exit codes:", "0   stopped by SIGTERM", "1   could not start");
        Result chat = run("chat", "--help");
        assertThat(chat.code()).isZero();
        assertThat(chat.out())
                .contains("--model", "--base-url", "--api-key-env", "--system", "--history", "Examples:")
                .contains("THALWEG_BASE_URL", "THALWEG_API_KEY", "Exit codes:", "130   interrupted");
        Result check = run("check", "--help");
        assertThat(check.code()).isZero();
        assertThat(check.out()).contains("FILE", "Exit codes:", "1   the file has mistakes");
        Result route = run("route", "--help");
        assertThat(route.code()).isZero();
        assertThat(route.out())
                .contains("MODEL", "--config", "--url", "--api-key-env", "--stream", "--tags", "--json", "Examples:")
                .contains("THALWEG_BASE_URL", "THALWEG_API_KEY", "Exit codes:", "2   the command line has mistakes");
    }

    @Test
    void modelsOfTheCatalogueAreListed() {
        Result table = run("models", "--provider", "openai");
        assertThat(table.code()).isZero();
        assertThat(table.out().lines().filter(line -> line.startsWith("openai/gpt-4o ")))
                .singleElement()
                .asString()
                .contains("128000", "16384", " 2.5 ", " 10 ", " 1.25");
        Result json = run("models", "--provider", "openai", "--json");
        assertThat(json.out().lines().filter(line -> line.contains("\"model\":\"gpt-4o\"")))
                .singleElement()
                .asString()
                .contains("\"context_window\":128000", "\"input\":2.5", "\"prices_priority\":{\"input\":4.25");
        assertThat(run("models").out().lines()).hasSizeGreaterThan(2_000);
        Result nobody = run("models", "--provider", "nobody");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("no provider 'nobody'", "openai");
    }

    @Test
    void versionIsOneLine() {
        Result result = run("--version");
        assertThat(result.code()).isZero();
        assertThat(result.out().strip()).startsWith("thalweg ").doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sevre", "serve --prot 1", "serve --port many", "serve extra", "check", "check a b", "route"})
    void aMistakeInTheCommandLineIsExitCode2(String args) {
        Result result = run(args.split(" "));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).containsAnyOf("Usage: thalweg", "Did you mean: thalweg serve?");
        assertThat(result.err()).doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void checkTellsWhatAGoodFileMeans() throws IOException {
        Result result = run("check", file("model_list: [{model_name: fast, params: {model: thalweg/demo}}]"));
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("fast", "thalweg/demo");
    }

    @Test
    void checkTellsEveryMistakeWithItsLine() {
        Result result = run("check", "../config/src/test/resources/config/three-mistakes.yaml");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains("three-mistakes.yaml:2", "modle_name", "did you mean 'model_name'?")
                .contains("three-mistakes.yaml:8", "grok")
                .contains("three-mistakes.yaml:9", "timeout")
                .doesNotContain("sk-never-shown");
    }

    @Test
    void checkOfAFileThatIsNotThereSaysSo() {
        Result result = run("check", directory.resolve("none.yaml").toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out() + result.err()).contains("none.yaml").doesNotContain("\tat ");
    }

    @Test
    void serveRefusesAFileWithMistakes() {
        Result result =
                run("serve", "--port", "0", "--config", "../config/src/test/resources/config/three-mistakes.yaml");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("three-mistakes.yaml:2", "three-mistakes.yaml:9");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = run(
                    "serve", "--port", "" + taken.getLocalPort(), "--data", directory.toString(), "--config", demo());
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .contains("Cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .contains("--port PORT")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aFailedStartLeavesNoThreadsBehind() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            long before = eventLoops();
            for (int i = 0; i < 3; i++) {
                run("serve", "--port", "" + taken.getLocalPort(), "--data", directory.toString(), "--config", demo());
            }
            long end = System.nanoTime() + 10_000_000_000L;
            while (eventLoops() > before && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(eventLoops()).isLessThanOrEqualTo(before);
        }
    }

    private static long eventLoops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("multiThreadIoEventLoopGroup")
                        || thread.getName().equals("thalweg-record"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"70000", "-1"})
    void aPortThatIsNoneIsNamed(String port) throws IOException {
        Result result = run("serve", "--port", port, "--data", directory.toString(), "--config", demo());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(port, "65535").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void withoutAKeyOtherMachinesAreNotLetIn(String host) throws IOException {
        Result result = run("serve", "--host", host, "--port", "0", "--config", demo());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains(host, "without a key", "THALWEG_MASTER_KEY");
    }

    @Test
    void anUnknownHostIsNamed() throws IOException {
        Result result = run("serve", "--host", "no.such.host.invalid", "--port", "0", "--config", demo());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("no.such.host.invalid");
    }

    @Test
    void anAddressOfAnotherMachineIsToldFromATakenPort() throws IOException {
        String keyed = file("""
                model_list: [{model_name: fast, params: {model: thalweg/demo}}]
                general_settings: {master_key: sk-0123456789abcdef}
                """);
        Result result =
                run("serve", "--host", "192.0.2.1", "--port", "0", "--config", keyed, "--data", directory.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("192.0.2.1", "--host HOST").doesNotContain("\tat ");
    }

    @Test
    void aDataDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Result result = run("serve", "--port", "0", "--data", file.toString(), "--config", demo());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains(file.toString(), "--data DIR", "general_settings.data_dir")
                .doesNotContain("\tat ");
    }

    private String demo() throws IOException {
        return file("model_list: [{model_name: fast, params: {model: thalweg/demo}}]");
    }
}
