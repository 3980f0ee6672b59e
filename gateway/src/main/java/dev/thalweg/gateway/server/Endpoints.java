package dev.thalweg.gateway.server;

import dev.thalweg.config.StaticKey;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.gateway.chat.ModelTable;
import dev.thalweg.gateway.chat.Target;
import dev.thalweg.gateway.record.Metrics;
import dev.thalweg.gateway.record.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The answers that need no upstream: the model list, health, metrics. */
final class Endpoints {
    private final Metrics metrics;
    private final Recorder recorder;
    private final BooleanSupplier leaving;
    private final long since = Instant.now().getEpochSecond();
    private final OllamaEndpoints ollama = new OllamaEndpoints(since);

    Endpoints(Metrics metrics, Recorder recorder, BooleanSupplier leaving) {
        this.metrics = metrics;
        this.recorder = recorder;
        this.leaving = leaving;
    }

    /** What Ollama's clients ask for. */
    OllamaEndpoints ollama() {
        return ollama;
    }

    /** {@code GET /v1/models}: what this caller may ask for; patterns as they are written, then other names. */
    void models(HttpCaller caller, ModelTable models, @Nullable StaticKey key) {
        Map<String, ModelTable.Group> names = new LinkedHashMap<>();
        models.groups().forEach(group -> names.put(group.name(), group));
        models.aliases()
                .keySet()
                .forEach(alias -> models.find(alias).ifPresent(group -> names.putIfAbsent(alias, group)));
        ByteBuilder json = new ByteBuilder(512).ascii("{\"object\":\"list\",\"data\":[");
        String comma = "";
        for (Map.Entry<String, ModelTable.Group> entry : names.entrySet()) {
            if (key == null || key.allows(entry.getKey())) {
                model(json.ascii(comma), entry.getKey(), entry.getValue());
                comma = ",";
            }
        }
        json(caller, 200, json.ascii("]}"));
    }

    private void model(ByteBuilder json, String name, ModelTable.Group group) {
        Target first = group.routing().members().get(0).target();
        json.ascii("{\"id\":").string(name);
        json.ascii(",\"object\":\"model\",\"created\":" + since + ",\"owned_by\":")
                .string(first.deployment().provider().name())
                .ascii("}");
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
