package dev.thalweg.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The MCP SDK's own server over streamable HTTP. */
final class HttpServer implements AutoCloseable {
    private final Tomcat tomcat = new Tomcat();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final McpSyncServer server;

    HttpServer() throws Exception {
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(McpJsonDefaults.getMapper())
                .mcpEndpoint("/mcp")
                .build();
        tomcat.setBaseDir(Files.createTempDirectory(Files.createDirectories(Path.of("target", "tomcat")), "")
                .toString());
        tomcat.setHostname("127.0.0.1");
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        FilterDef seen = new FilterDef();
        seen.setFilterName("seen");
        seen.setAsyncSupported("true");
        seen.setFilter((Filter) (request, response, chain) -> {
            keys.add(String.valueOf(((HttpServletRequest) request).getHeader("Authorization")));
            chain.doFilter(request, response);
        });
        context.addFilterDef(seen);
        FilterMap all = new FilterMap();
        all.setFilterName("seen");
        all.addURLPattern("/*");
        context.addFilterMap(all);
        Tomcat.addServlet(context, "mcp", transport).setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "mcp");
        server = McpServer.sync(transport)
                .serverInfo("test", "1")
                .capabilities(TestServer.capabilities())
                .tools(TestServer.tools())
                .build();
        tomcat.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/mcp");
    }

    List<String> keys() {
        return keys;
    }

    McpSyncServer server() {
        return server;
    }

    @Override
    public void close() throws LifecycleException {
        server.close();
        tomcat.stop();
        tomcat.destroy();
    }
}
