package dev.thalweg.gateway.server;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.gateway.chat.ModelTable;
import dev.thalweg.gateway.record.Metrics;
import dev.thalweg.gateway.record.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** The answers that need no upstream: lists of models, health, metrics. */
final class Endpoints {
    private final Metrics metrics;
    private final Recorder recorder;
    private final BooleanSupplier leaving;
    private final ModelEndpoints models;
    private final OllamaEndpoints ollama;

    Endpoints(Metrics metrics, Recorder recorder, BooleanSupplier leaving) {
        this.metrics = metrics;
        this.recorder = recorder;
        this.leaving = leaving;
        long since = Instant.now().getEpochSecond();
        this.models = new ModelEndpoints(since);
        this.ollama = new OllamaEndpoints(since);
    }

    /** What Ollama's clients ask for. */
    OllamaEndpoints ollama() {
        return ollama;
    }

    /** The lists of models. */
    ModelEndpoints models() {
        return models;
    }

    /** {@code GET /health/live}: the process runs. */
    void live(HttpCaller caller) {
        json(caller, 200, new ByteBuilder(32).ascii("{\"status\":\"ok\"}"));
    }

    /** {@code GET /health/ready}: it takes requests. Upstreams are no part of it: they have their own health. */
    void ready(HttpCaller caller, ModelTable models) {
        String status = leaving.getAsBoolean() ? "draining" : recorder.accepts() ? "ok" : "record_unavailable";
        json(
                caller,
                status.equals("ok") ? 200 : 503,
                new ByteBuilder(64)
                        .ascii("{\"status\":\"" + status + "\",\"models\":")
                        .number(models.groups().size())
                        .ascii("}"));
    }

    /** {@code GET /metrics}, in Prometheus' text format. */
    void metrics(HttpCaller caller) {
        answer(caller, 200, "text/plain; version=0.0.4; charset=utf-8", Unpooled.wrappedBuffer(metrics.text()));
    }

    private static void json(HttpCaller caller, int status, ByteBuilder json) {
        answer(caller, status, "application/json", Unpooled.wrappedBuffer(json.array(), 0, json.length()));
    }

    private static void answer(HttpCaller caller, int status, String type, ByteBuf body) {
        caller.answer(status, new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, type), body);
    }
}
