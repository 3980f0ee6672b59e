package dev.thalweg.mcp;

import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;

/** The two ways to speak with a server. */
final class Transports {
    private static final System.Logger LOG = System.getLogger("dev.thalweg.mcp");

    private Transports() {}

    static McpClientTransport http(URI endpoint, McpTools.Builder builder) {
        if (endpoint.getScheme() == null || endpoint.getRawAuthority() == null) {
            throw new IllegalArgumentException(
                    "\"" + endpoint + "\" is no URL of an MCP server: https://example.org/mcp is.");
        }
        String path = endpoint.getRawPath().isEmpty() ? "/" : endpoint.getRawPath();
        String query = endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery();
        Map<String, String> headers = Map.copyOf(builder.headers());
        return HttpClientStreamableHttpTransport.builder(endpoint.getScheme() + "://" + endpoint.getRawAuthority())
                .endpoint(path + query)
                .connectTimeout(builder.timeout())
                .customizeClient(client -> client.followRedirects(HttpClient.Redirect.NEVER))
                .httpRequestCustomizer((request, method, uri, body, context) -> headers.forEach(request::setHeader))
                .build();
    }

    static McpClientTransport stdio(List<String> command, McpTools.Builder builder) {
        ServerParameters parameters = ServerParameters.builder(command.get(0))
                .args(command.subList(1, command.size()))
                .env(Map.copyOf(builder.environment()))
                .build();
        StdioClientTransport transport = new StdioClientTransport(parameters, McpJsonDefaults.getMapper()) {
            @Override
            protected ProcessBuilder getProcessBuilder() {
                ProcessBuilder process = super.getProcessBuilder();
                // Else the server had all of this program's environment, keys included; the parameters have what it
                // needs.
                process.environment().clear();
                return process;
            }
        };
        transport.setStdErrorHandler(line -> LOG.log(System.Logger.Level.DEBUG, line));
        return transport;
    }
}
