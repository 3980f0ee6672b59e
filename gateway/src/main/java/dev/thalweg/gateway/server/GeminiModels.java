package dev.thalweg.gateway.server;

import dev.thalweg.config.StaticKey;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.gateway.chat.ModelTable;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The model list in Google's shape: all that a caller may ask for, or one of them. */
final class GeminiModels {
    /** The list's path; behind it and a slash is a model's name. */
    static final String PATH = "/v1beta/models";

    private GeminiModels() {}

    static void serve(HttpCaller caller, ModelTable models, @Nullable StaticKey key, String path) {
        if (path.equals(PATH)) {
            all(caller, models, key);
            return;
        }
        String name = decoded(path.substring(PATH.length() + 1));
        if (name != null && models.find(name).isPresent() && (key == null || key.allows(name))) {
            answer(caller, model(new ByteBuilder(256), name));
        } else {
            caller.refuse(404, "invalid_request_error", "model_not_found", "model", "This model does not exist here.");
        }
    }

    private static void all(HttpCaller caller, ModelTable models, @Nullable StaticKey key) {
        Set<String> names = new LinkedHashSet<>();
        models.groups().forEach(group -> names.add(group.name()));
        models.aliases().keySet().stream()
                .filter(alias -> models.find(alias).isPresent())
                .forEach(names::add);
        ByteBuilder json = new ByteBuilder(512).ascii("{\"models\":[");
        String comma = "";
        for (String name : names) {
            if (key == null || key.allows(name)) {
                model(json.ascii(comma), name);
                comma = ",";
            }
        }
        answer(caller, json.ascii("]}"));
    }

    private static ByteBuilder model(ByteBuilder json, String name) {
        json.ascii("{\"name\":").string("models/" + name);
        json.ascii(",\"baseModelId\":").string(name);
        return json.ascii(",\"displayName\":")
                .string(name)
                .ascii(
                        ",\"supportedGenerationMethods\":[\"generateContent\",\"streamGenerateContent\",\"countTokens\"]}");
    }

    private static @Nullable String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }

    private static void answer(HttpCaller caller, ByteBuilder json) {
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        caller.answer(200, headers, Unpooled.wrappedBuffer(json.array(), 0, json.length()));
    }
}
