package dev.thalweg.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.model.Part;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolSpec;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import dev.thalweg.tool.ToolResult;
import dev.thalweg.tool.Tools;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Against the MCP SDK's own servers: in a JVM of its own, and over HTTP. */
class McpToolsTest {
    private static McpTools.Builder child() {
        return McpTools.stdio(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TestServer.class.getName());
    }

    private static ToolResult call(McpTools tools, String name, String arguments) {
        return Tools.of(tools).call(ToolCall.of("c1", name, arguments));
    }

    @Test
    void aServerInAProcessOfItsOwn() throws Exception {
        Optional<ProcessHandle> process;
        try (McpTools tools = child().environment("LIBRARY", "Bern").connect()) {
            assertThat(Tools.of(tools).specs().stream().map(ToolSpec::name))
                    .containsExactlyInAnyOrder(
                            "echo", "files_read", "picture", "breaks", "environment", "pid", "sleeps");
            ToolSpec echo = Tools.of(tools).specs().stream()
                    .filter(spec -> spec.name().equals("echo"))
                    .findFirst()
                    .orElseThrow();
            assertThat(echo.description()).isEqualTo("Does echo");
            assertThat(echo.parameters().text()).contains("\"text\":{\"type\":\"string\"}");
            assertThat(tools.instructions()).isEqualTo("Ask politely.");

            assertThat(call(tools, "echo", "{\"text\":\"hey\"}").text()).isEqualTo("hey!");
            assertThat(call(tools, "environment", "{\"text\":\"LIBRARY\"}").text())
                    .isEqualTo("Bern");
            assertThat(System.getenv()).containsKey("TEST_SECRET");
            assertThat(call(tools, "environment", "{\"text\":\"TEST_SECRET\"}").text())
                    .isEqualTo("null");
            assertThat(call(tools, "environment", "{\"text\":\"PATH\"}").text()).isEqualTo(System.getenv("PATH"));
            ToolResult missing = call(tools, "files_read", "{}");
            assertThat(missing.isError()).isTrue();
            assertThat(missing.text()).isEqualTo("no such file");
            assertThat(call(tools, "breaks", "{}").isError()).isTrue();
            assertThat(call(tools, "breaks", "{}").text()).contains("out of order");
            assertThat(call(tools, "picture", "{}").content())
                    .containsExactly(new Part.Text("See"), new Part.Image("data:image/png;base64,AAAA"));
            assertThat(call(tools, "echo", "[]").text())
                    .isEqualTo("The tool was not called. arguments: expected an object, got a list");
            process = ProcessHandle.of(Long.parseLong(call(tools, "pid", "{}").text()));
            assertThat(process).isPresent();
        }
        process.orElseThrow().onExit().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aServerOverStreamableHttp() throws Exception {
        try (HttpServer server = new HttpServer();
                McpTools tools = McpTools.http(server.url())
                        .header("Authorization", "Bearer secret")
                        .prefix("test_")
                        .connect()) {
            assertThat(call(tools, "test_echo", "{\"text\":\"hey\"}").text()).isEqualTo("hey!");
            assertThat(call(tools, "test_files_read", "{}").text()).isEqualTo("no such file");
            assertThat(server.keys()).isNotEmpty().containsOnly("Bearer secret");
        }
    }

    @Test
    void aChangedListOfToolsIsAskedForAgain() throws Exception {
        try (HttpServer server = new HttpServer();
                McpTools tools = McpTools.http(server.url()).connect()) {
            Tools before = Tools.of(tools);
            // The notice comes over a stream that the client opens beside its first request: sent until it is seen.
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            for (int i = 0; tools.functions().size() == before.specs().size(); i++) {
                assertThat(System.nanoTime()).isLessThan(end);
                server.server().addTool(TestServer.tool("more" + i, in -> TestServer.text("more")));
                CompletableFuture<Void> wait = new CompletableFuture<>();
                wait.completeOnTimeout(null, 100, TimeUnit.MILLISECONDS).join();
            }
            assertThat(call(tools, "more0", "{}").text()).isEqualTo("more");
            assertThat(before.specs()).hasSize(7);
        }
    }

    @Test
    void aCallThatTakesTooLongIsAResult() throws Exception {
        try (McpTools tools = child().timeout(Duration.ofSeconds(4)).connect()) {
            ToolResult result = call(tools, "sleeps", "{}");
            assertThat(result.isError()).isTrue();
            assertThat(result.text()).isEqualTo("The tool's server did not answer within 4 seconds.");
        }
    }

    @Test
    void anInterruptedCallDoesNotWait() throws Exception {
        try (McpTools tools = child().connect()) {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<ToolResult> result = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> {
                begun.countDown();
                result.complete(call(tools, "sleeps", "{}"));
            });
            begun.await();
            caller.interrupt();
            assertThat(result.get(10, TimeUnit.SECONDS).isError()).isTrue();
        }
    }

    @Test
    void aServerThatIsNotThere() {
        assertThatThrownBy(() -> McpTools.http(URI.create(ScriptedUpstream.refusingUrl() + "/mcp"))
                        .timeout(Duration.ofSeconds(5))
                        .connect())
                .isInstanceOf(ApiConnectionException.class)
                .hasMessageContaining("The MCP server cannot be used");
        assertThatThrownBy(() -> McpTools.stdio("/no/such/program")
                        .timeout(Duration.ofSeconds(5))
                        .connect())
                .isInstanceOf(ApiConnectionException.class)
                .hasMessageContaining("The MCP server cannot be used");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McpTools.http(URI.create("/mcp")).connect());
        assertThatIllegalArgumentException().isThrownBy(McpTools::stdio);
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (ScriptedUpstream elsewhere = ScriptedUpstream.start();
                ScriptedUpstream server = ScriptedUpstream.start()) {
            server.always(Script.status(307)
                    .header("Location", elsewhere.url() + "/mcp")
                    .build());
            assertThatThrownBy(() -> McpTools.http(URI.create(server.url() + "/mcp"))
                            .header("Authorization", "Bearer secret")
                            .timeout(Duration.ofSeconds(3))
                            .connect())
                    .isInstanceOf(ApiConnectionException.class)
                    .hasMessageContaining("The MCP server cannot be used");
            assertThat(server.requests()).isNotEmpty();
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void namesThatCollideAreRefusedUnlessOneHasAPrefix() throws Exception {
        try (HttpServer server = new HttpServer();
                McpTools one = McpTools.http(server.url()).connect();
                McpTools two = McpTools.http(server.url()).connect();
                McpTools three = McpTools.http(server.url()).prefix("other_").connect()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Tools.of(one, two))
                    .withMessageContaining("Two tools are named");
            assertThat(Tools.of(List.of(one, three)).specs()).hasSize(14);
        }
    }
}
