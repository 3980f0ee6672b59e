package dev.thalweg.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The MCP SDK's own server with a few tools; as a program over standard input and output. */
final class TestServer {
    private TestServer() {}

    static McpServerFeatures.SyncToolSpecification tool(
            String name, Function<Map<String, Object>, McpSchema.CallToolResult> body) {
        Map<String, Object> schema = Map.of("type", "object", "properties", Map.of("text", Map.of("type", "string")));
        return new McpServerFeatures.SyncToolSpecification(
                McpSchema.Tool.builder(name, schema).description("Does " + name).build(),
                (exchange, request) -> body.apply(request.arguments()));
    }

    static List<McpServerFeatures.SyncToolSpecification> tools() {
        return List.of(
                tool("echo", in -> text(in.get("text") + "!")),
                tool(
                        "files.read",
                        in -> McpSchema.CallToolResult.builder()
                                .addTextContent("no such file")
                                .isError(true)
                                .build()),
                tool(
                        "picture",
                        in -> McpSchema.CallToolResult.builder()
                                .addTextContent("See")
                                .addContent(new McpSchema.ImageContent(null, "AAAA", "image/png"))
                                .build()),
                tool("breaks", in -> {
                    throw new IllegalStateException("out of order");
                }),
                tool("environment", in -> text(String.valueOf(System.getenv(String.valueOf(in.get("text")))))),
                tool("pid", in -> text(String.valueOf(ProcessHandle.current().pid()))),
                tool("sleeps", in -> {
                    try {
                        Thread.sleep(30_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return text("slept");
                }));
    }

    static McpSchema.CallToolResult text(String text) {
        return McpSchema.CallToolResult.builder().addTextContent(text).build();
    }

    static McpSchema.ServerCapabilities capabilities() {
        return McpSchema.ServerCapabilities.builder().tools(true).build();
    }

    public static void main(String[] args) {
        McpSyncServer unused = McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .serverInfo("test", "1")
                .instructions("Ask politely.")
                .capabilities(capabilities())
                .tools(tools())
                .build();
    }
}
