package dev.thalweg.gateway.server;

import dev.thalweg.config.Deployment;
import dev.thalweg.config.StaticKey;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.gateway.chat.ModelTable;
import dev.thalweg.gateway.chat.Target;
import dev.thalweg.model.Ability;
import dev.thalweg.model.ModelInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Ollama's clients ask beside answers: which models there are, what they can do, and who is there. */
final class OllamaEndpoints {
    /** The version of Ollama whose API is spoken here. Clients ask for it to know what they may use. */
    private static final String VERSION = "0.12.11";

    /** What Ollama says of itself; clients look for these words to see whether it is there. */
    private static final String HOME = "Ollama is running";

    private final String since;

    /**
     * The endpoints.
     *
     * @param since from when on there are models: seconds since 1970
     */
    OllamaEndpoints(long since) {
        this.since = Instant.ofEpochSecond(since).toString();
    }

    /** {@code GET /}. */
    void home(HttpCaller caller) {
        answer(caller, "text/plain; charset=utf-8", Bytes.utf8(HOME));
    }

    /** {@code GET /api/version}. */
    void version(HttpCaller caller) {
        json(caller, new ByteBuilder(32).ascii("{\"version\":\"" + VERSION + "\"}"));
    }

    /** {@code GET /api/tags}: what this caller may ask for. A pattern is no name, and is left out. */
    void tags(HttpCaller caller, ModelTable models, @Nullable StaticKey key) {
        ByteBuilder json = new ByteBuilder(512).ascii("{\"models\":[");
        String comma = "";
        for (ListedModel model : ListedModel.all(models, key)) {
            String name = model.name();
            if (name.indexOf('*') < 0) {
                json.ascii(comma)
                        .ascii("{\"name\":")
                        .string(name)
                        .ascii(",\"model\":")
                        .string(name);
                json.ascii(",\"modified_at\":")
                        .string(since)
                        .ascii(",\"size\":0,\"digest\":")
                        .string(digest(name));
                details(json, model.first()).ascii("}");
                comma = ",";
            }
        }
        json(caller, json.ascii("]}"));
    }

    /** {@code POST /api/show}: what is known of a model. The body is released. */
    void show(HttpCaller caller, ModelTable models, @Nullable StaticKey key, ByteBuf body) {
        String model;
        try {
            JsonNode asked = JsonMapper.shared().readTree(ByteBufUtil.getBytes(body));
            JsonNode name = asked.path("model").isString() ? asked.path("model") : asked.path("name");
            model = name.isString() ? name.asString() : "";
        } catch (JacksonException e) {
            caller.refuse(400, "invalid_request_error", "invalid_json", null, "The request body is not valid JSON.");
            return;
        } finally {
            body.release();
        }
        Optional<ListedModel> listed = ListedModel.find(models, key, model);
        if (listed.isEmpty()) {
            caller.refuse(404, "invalid_request_error", "model_not_found", "model", "The model does not exist here.");
            return;
        }
        Target target = listed.get().first();
        ByteBuilder json = new ByteBuilder(256).ascii("{\"modelfile\":\"\",\"parameters\":\"\",\"template\":\"\"");
        details(json, target);
        known(json, target.deployment(), listed.get().info());
        json(caller, json.ascii(",\"modified_at\":").string(since).ascii("}"));
    }

    private static ByteBuilder details(ByteBuilder json, Target target) {
        String family = target.deployment().provider().name();
        return json.ascii(",\"details\":{\"parent_model\":\"\",\"format\":\"\",\"family\":")
                .string(family)
                .ascii(",\"families\":[")
                .string(family)
                .ascii("],\"parameter_size\":\"\",\"quantization_level\":\"\"}");
    }

    /** Of a model that nobody knows anything of, it is said that it completes: that is what it is asked for here. */
    private static void known(ByteBuilder json, Deployment deployment, Optional<ModelInfo> info) {
        String family = deployment.provider().name();
        json.ascii(",\"model_info\":{\"general.architecture\":").string(family);
        info.flatMap(OllamaEndpoints::context)
                .ifPresent(window -> json.ascii(",")
                        .string(family + ".context_length")
                        .ascii(":")
                        .number(window));
        json.ascii("},\"capabilities\":[\"completion\"");
        capability(json, info, Ability.TOOLS, "tools");
        capability(json, info, Ability.VISION, "vision");
        capability(json, info, Ability.REASONING, "thinking");
        json.ascii("]");
    }

    private static Optional<Long> context(ModelInfo info) {
        return info.contextWindow().isPresent()
                ? Optional.of(info.contextWindow().getAsLong())
                : Optional.empty();
    }

    private static void capability(ByteBuilder json, Optional<ModelInfo> info, Ability ability, String name) {
        if (info.isPresent() && info.get().abilities().contains(ability)) {
            json.ascii(",").string(name);
        }
    }

    /** Ollama's own client shows the beginning of it and fails without. */
    private static String digest(String name) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Bytes.utf8(name)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    private static void json(HttpCaller caller, ByteBuilder json) {
        answer(caller, "application/json", json.toBytes());
    }

    private static void answer(HttpCaller caller, String type, byte[] body) {
        caller.answer(
                200, new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, type), Unpooled.wrappedBuffer(body));
    }
}
