package dev.thalweg.mcp;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.ErrorDetails;
import dev.thalweg.model.Part;
import dev.thalweg.model.ToolSpec;
import dev.thalweg.tool.ToolException;
import dev.thalweg.tool.ToolFunction;
import dev.thalweg.tool.ToolSource;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * The tools of one MCP server, for {@link dev.thalweg.tool.Tools#of}.
 *
 * {@snippet :
 * try (McpTools files = McpTools.stdio("npx", "-y", "@modelcontextprotocol/server-filesystem", "/data").connect()) {
 *     thalweg.run(request, Tools.of(files), 8).response();
 * }
 * }
 *
 * <p>The server is asked for its tools when it is connected to, and again when it says that they changed; a {@link
 * dev.thalweg.tool.Tools} keeps those it was made of. What a server reports as an error is a result for the model. It is
 * given no roots, no models and no questions to the user. Only the program says where to connect: no redirect is followed.
 *
 * <p>Safe to share between threads. Who connects closes it, which ends a server that was started.
 */
public final class McpTools implements ToolSource, AutoCloseable {
    private final McpSyncClient client;
    private final String prefix;
    private final Duration timeout;
    private volatile List<ToolFunction> functions = List.of();

    private McpTools(Builder builder) {
        prefix = builder.prefix;
        timeout = builder.timeout;
        client = McpClient.sync(builder.connection.open(builder))
                .clientInfo(McpSchema.Implementation.builder("thalweg", "0.1").build())
                .requestTimeout(builder.timeout)
                .initializationTimeout(builder.timeout)
                .toolsChangeConsumer(this::take)
                .build();
        try {
            client.initialize();
            take(client.listTools().tools());
        } catch (RuntimeException e) {
            close();
            throw new ApiConnectionException(
                    ErrorDetails.builder("The MCP server cannot be used: " + McpError.findRootCause(e)
                                    + ". Is its address or command right, and does it begin within "
                                    + timeout.toSeconds() + " seconds?")
                            .cause(e)
                            .build());
        }
    }

    /** A server at this URL, by MCP's streamable HTTP: {@code https://example.org/mcp}. */
    public static Builder http(URI endpoint) {
        return new Builder(builder -> Transports.http(endpoint, builder));
    }

    /** A server that is started by this command and spoken to over its standard input and output. */
    public static Builder stdio(String... command) {
        if (command.length == 0) {
            throw new IllegalArgumentException("stdio() needs the command that starts the server.");
        }
        return new Builder(builder -> Transports.stdio(List.of(command), builder));
    }

    private void take(List<McpSchema.Tool> tools) {
        List<ToolFunction> all = new ArrayList<>();
        tools.forEach(tool -> all.add(function(tool)));
        functions = List.copyOf(all);
    }

    private ToolFunction function(McpSchema.Tool tool) {
        // MCP lets names have dots and more, which models' providers do not.
        String name = prefix + tool.name().replaceAll("[^A-Za-z0-9_-]", "_");
        if (name.length() > 64) {
            throw new IllegalStateException(
                    "The MCP tool \"" + name + "\" has a name longer than the 64 characters that models take.");
        }
        String description = Optional.ofNullable(tool.description()).orElse("");
        ToolSpec spec = ToolSpec.of(name, description, schema(tool));
        return ToolFunction.of(spec, arguments -> call(tool.name(), Contents.arguments(arguments)));
    }

    private List<Part> call(String tool, Map<String, Object> arguments) throws Exception {
        try {
            return Contents.of(client.callTool(
                    McpSchema.CallToolRequest.builder(tool).arguments(arguments).build()));
        } catch (McpError e) {
            throw new ToolException(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new ToolException("The tool's server did not answer within " + timeout.toSeconds() + " seconds.");
            }
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("interrupted while the tool's server was at work");
            }
            throw e;
        }
    }

    private static String schema(McpSchema.Tool tool) {
        try {
            return McpJsonDefaults.getMapper().writeValueAsString(tool.inputSchema());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's tools, in its order, as they are now. */
    @Override
    public List<ToolFunction> functions() {
        return functions;
    }

    /** What the server says about how to use its tools, for a system message; empty where it says nothing. */
    public String instructions() {
        return Optional.ofNullable(client.getServerInstructions()).orElse("");
    }

    /** Ends the connection, and the server if it was started for it. Waits for it, ten seconds at most. */
    @Override
    public void close() {
        client.closeGracefully();
    }

    /** How a transport is made; each may be used once. */
    interface Connection {
        McpClientTransport open(Builder builder);
    }

    /** Collects settings of a connection. Not thread-safe. */
    public static final class Builder {
        private final Connection connection;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private Duration timeout = Duration.ofSeconds(60);
        private String prefix = "";

        private Builder(Connection connection) {
            this.connection = connection;
        }

        /** Sends this header with every request over HTTP: {@code Authorization} for example. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Gives a server that is started this variable, beside PATH, HOME and the like: keys are not inherited. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Sets how long the server may take to begin, and for each call. Default 60 seconds. */
        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        /** Puts this before the name of every tool, so that those of two servers do not collide: {@code github_}. */
        public Builder prefix(String value) {
            prefix = value;
            return this;
        }

        /**
         * Connects, and asks for the tools.
         *
         * @throws ApiConnectionException when the server cannot be reached or does not answer in time
         * @throws IllegalArgumentException for what is no URL
         */
        public McpTools connect() {
            return new McpTools(this);
        }

        Map<String, String> headers() {
            return headers;
        }

        Map<String, String> environment() {
            return environment;
        }

        Duration timeout() {
            return timeout;
        }
    }
}
