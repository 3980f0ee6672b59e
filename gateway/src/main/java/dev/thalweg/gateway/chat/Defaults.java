package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.ollama.OllamaDialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fields that a deployment's configuration gives to requests that do not set them. */
final class Defaults {
    private Defaults() {}

    /** The body with those of these that it lacks; this one is released. */
    static ByteBuf added(Front upstream, ByteBuf body, Map<String, String> defaults) {
        try {
            return Unpooled.wrappedBuffer(added(upstream, ByteBufUtil.getBytes(body), defaults));
        } finally {
            body.release();
        }
    }

    /** The body with those of these that it lacks. */
    static byte[] added(Front upstream, byte[] body, Map<String, String> defaults) {
        if (defaults.isEmpty()) {
            return body;
        } else if (upstream == Front.CONVERSE) {
            return ConverseDefaults.added(body, defaults);
        }
        JsonNode read = JsonMapper.shared().readTree(body);
        if (!(read instanceof ObjectNode request)) {
            return body;
        }
        defaults.forEach((name, json) -> {
            JsonNode given = JsonMapper.shared().readTree(json);
            String option = upstream.isOllama() ? OllamaDialect.option(name) : null;
            ObjectNode owner = option == null ? request : options(request);
            String spelled = option == null ? name : option;
            if (!owner.has(spelled)) {
                owner.set(spelled, given);
            } else if (name.equals("generationConfig") && request.get(name) instanceof ObjectNode said) {
                // Gemini's settings stand together in an object.
                given.forEachEntry((member, value) -> {
                    if (!said.has(member)) {
                        said.set(member, value);
                    }
                });
            }
        });
        return JsonMapper.shared().writeValueAsBytes(request);
    }

    private static ObjectNode options(ObjectNode request) {
        return request.path("options") instanceof ObjectNode said ? said : request.putObject("options");
    }
}
