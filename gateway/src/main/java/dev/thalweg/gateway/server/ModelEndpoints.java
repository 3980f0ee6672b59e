package dev.thalweg.gateway.server;

import dev.thalweg.config.StaticKey;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.gateway.chat.ModelTable;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The models that a caller may ask for, in the {@linkplain ModelShape shape} he can read: all of them, or one. */
final class ModelEndpoints {
    /** Google's path. */
    static final String GEMINI = "/v1beta/models";

    /** Where the list is; behind it and a slash is a model's name. */
    private static final List<String> PATHS = List.of("/v1/models", "/models", GEMINI);

    private final long since;

    /**
     * The endpoints.
     *
     * @param since from when on there are models: seconds since 1970
     */
    ModelEndpoints(long since) {
        this.since = since;
    }

    /** Whether the path is that of the list or of one model. */
    static boolean at(String path) {
        return PATHS.contains(path) || !segment(path).isEmpty();
    }

    /** What the path says behind the list's, and a slash, as it stands there; empty where it says nothing. */
    private static String segment(String path) {
        return PATHS.stream()
                .filter(list -> path.startsWith(list + "/"))
                .map(list -> path.substring(list.length() + 1))
                .findFirst()
                .orElse("");
    }

    /** {@code GET /v1/models}, {@code GET /v1/models/MODEL}. A model's name may have slashes. */
    void serve(HttpCaller caller, ModelTable models, @Nullable StaticKey key, ModelShape shape, String path) {
        ByteBuilder json = new ByteBuilder(512);
        String segment = segment(path);
        if (segment.isEmpty()) {
            shape.list(json, ListedModel.all(models, key), since);
            answer(caller, json);
            return;
        }
        String name = ModelPath.decoded(segment);
        Optional<ListedModel> model = name == null ? Optional.empty() : ListedModel.find(models, key, name);
        if (model.isPresent()) {
            shape.one(json, model.get(), since);
            answer(caller, json);
        } else {
            caller.refuse(
                    404,
                    "invalid_request_error",
                    "model_not_found",
                    "model",
                    "This model does not exist here. GET /v1/models lists those that do.");
        }
    }

    private static void answer(HttpCaller caller, ByteBuilder json) {
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        caller.answer(200, headers, Unpooled.wrappedBuffer(json.array(), 0, json.length()));
    }
}
