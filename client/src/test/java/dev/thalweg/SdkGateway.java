package dev.thalweg;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.openai.OpenAiDialect;
import dev.thalweg.core.stream.ChunkFeed;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.testkit.conformance.Gateways;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;

/** The smallest gateway there is: takes chat completions, makes calls of the SDK of them, and writes what comes of these. */
final class SdkGateway implements Gateways.Running {
    private static final Dialect CHAT = new OpenAiDialect();

    private final HttpServer server;
    private final Thalweg thalweg;
    private final String model;
    private final String dialect;

    /** Asks this client for this model, in this protocol, whatever callers call it. */
    SdkGateway(Thalweg thalweg, String model, String dialect) {
        this.dialect = dialect;
        this.thalweg = thalweg;
        this.model = model;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String text = new String(body, UTF_8);
        try (exchange) {
            ChatRequest request = CHAT.readRequest(body, 0, body.length);
            ChatRequest.Builder asked = request.toBuilder().model(model);
            List.of("stream", "stream_options").forEach(asked::removeExtra);
            AnswerHead head = head(request.model(), text.contains("\"include_usage\":true"), List.of());
            try {
                if (text.contains("\"stream\":true")) {
                    stream(exchange, asked.build(), head);
                } else {
                    whole(exchange, asked.build(), head);
                }
            } catch (ThalwegException e) {
                e.retryAfter()
                        .ifPresent(time ->
                                exchange.getResponseHeaders().set("retry-after", Long.toString(time.toSeconds())));
                send(exchange, e.status(), "application/json", CHAT.writeError(error(e)));
            }
        }
    }

    private void whole(HttpExchange exchange, ChatRequest request, AnswerHead head) throws IOException {
        ChatResponse response = thalweg.complete(request);
        warn(exchange, response);
        send(exchange, 200, "application/json", json(response, request, head));
    }

    private byte[] json(ChatResponse response, ChatRequest request, AnswerHead head) {
        return CHAT.writeAnswer(response, head(head.model(), head.showUsage(), response.warnings()), request);
    }

    private void stream(HttpExchange exchange, ChatRequest request, AnswerHead head) throws IOException {
        try (ChatStream stream = thalweg.stream(request)) {
            EventWriter soFar = CHAT.eventWriter(head, request);
            ChunkFeed feed = new ChunkFeed(soFar);
            byte[] events;
            try {
                for (ChatChunk chunk : stream) {
                    feed.add(chunk);
                }
                ChatResponse response = stream.response();
                warn(exchange, response);
                byte[] json = json(response, request, head);
                EventWriter writer = CHAT.eventWriter(
                        new AnswerHead("request", CHAT.name(), head.model(), 1, head.showUsage(), List.of()), request);
                CHAT.readAnswer(json, 0, json.length, writer);
                writer.complete();
                events = writer.written().toBytes();
            } catch (ThalwegException e) {
                ByteBuilder all = new ByteBuilder(1024).append(soFar.written().toBytes());
                events = all.append(CHAT.writeErrorEvent(error(e), soFar)).toBytes();
            }
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(events);
        }
    }

    private AnswerHead head(String alias, boolean showUsage, List<String> warnings) {
        return new AnswerHead("request", dialect, alias, 1, showUsage, warnings);
    }

    private static CallerError error(ThalwegException e) {
        return new CallerError(
                e.status(),
                String.valueOf(e.getMessage()),
                e.type().orElse("api_error"),
                e.code().orElse(null),
                null,
                "request",
                List.of());
    }

    private static void warn(HttpExchange exchange, ChatResponse response) {
        if (!response.warnings().isEmpty()) {
            exchange.getResponseHeaders().set("x-thalweg-warnings", String.join("; ", response.warnings()));
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        thalweg.close();
    }
}
