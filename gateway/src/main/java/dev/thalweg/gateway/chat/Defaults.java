package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.SettingPlaces;
import dev.thalweg.model.ChatRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fields that a deployment's configuration gives to requests that do not set them. */
final class Defaults {
    private static final List<String> LIMITS = List.of("max_tokens", "max_completion_tokens");

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
        if (defaults.isEmpty() || !(JsonMapper.shared().readTree(body) instanceof ObjectNode request)) {
            return body;
        }
        SettingPlaces places = upstream.dialect().settings();
        places.spelled(defaults).forEach((name, json) -> {
            JsonNode value = JsonMapper.shared().readTree(json);
            if (places.gathers(name) && value.isObject() && request.get(name) instanceof ObjectNode said) {
                value.forEachEntry(said::putIfAbsent);
            } else {
                request.putIfAbsent(name, value);
            }
        });
        return JsonMapper.shared().writeValueAsBytes(request);
    }

    /** Those that this request has not already been written with. */
    static Map<String, String> beside(ChatRequest request, Map<String, String> defaults) {
        Map<String, String> beside = new LinkedHashMap<>(defaults);
        if (request.maxOutputTokens().isPresent()) {
            beside.keySet().removeAll(LIMITS);
        }
        return beside;
    }

    /** The request with the limit of these, where it has none: some protocols must have one, and would say their own. */
    static ChatRequest limited(ChatRequest request, Map<String, String> defaults) {
        String limit = defaults.getOrDefault("max_tokens", defaults.getOrDefault("max_completion_tokens", ""));
        boolean number = limit.matches("[1-9]\\d{0,8}");
        return number && request.maxOutputTokens().isEmpty()
                ? request.toBuilder().maxOutputTokens(Integer.parseInt(limit)).build()
                : request;
    }
}
