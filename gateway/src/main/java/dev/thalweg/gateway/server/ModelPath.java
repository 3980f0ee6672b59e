package dev.thalweg.gateway.server;

import dev.thalweg.core.dialect.openai.RequestShape;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path that names the model, and what is asked of it: {@code /v1beta/models/MODEL:generateContent}. The model's name is
 * decoded; it is looked up among those that are configured, and nothing else is done with it.
 *
 * @param says what it says instead of the body
 */
record ModelPath(Route route, RequestShape.Path says) {
    /**
     * Paths of one kind.
     *
     * @param before what stands before the model
     * @param separator what stands between the model and what is asked of it
     * @param actions what may be asked, and whether its answer is streamed
     */
    private record Place(Route route, String before, char separator, Map<String, Boolean> actions) {}

    private static final Map<String, Boolean> EMBED = Map.of("embedContent", false);

    private static final Map<String, Boolean> EMBED_MANY = Map.of("batchEmbedContents", false);

    private static final Map<String, Boolean> GENERATE =
            Map.of("generateContent", false, "streamGenerateContent", true);

    private static final Map<String, Boolean> COUNT = Map.of("countTokens", false);

    private static final List<Place> PLACES = List.of(
            new Place(Route.GENERATE, "/v1beta/models/", ':', GENERATE),
            new Place(Route.GENERATE, "/v1/models/", ':', GENERATE),
            new Place(Route.GENERATE, "/models/", ':', GENERATE),
            new Place(Route.GEMINI_COUNT_TOKENS, "/v1beta/models/", ':', COUNT),
            new Place(Route.GEMINI_COUNT_TOKENS, "/v1/models/", ':', COUNT),
            new Place(Route.GEMINI_COUNT_TOKENS, "/models/", ':', COUNT),
            new Place(Route.CONVERSE, "/model/", '/', Map.of("converse", false, "converse-stream", true)),
            new Place(Route.EMBED_CONTENT, "/v1beta/models/", ':', EMBED),
            new Place(Route.EMBED_CONTENT, "/v1/models/", ':', EMBED),
            new Place(Route.EMBED_CONTENT, "/models/", ':', EMBED),
            new Place(Route.BATCH_EMBED_CONTENTS, "/v1beta/models/", ':', EMBED_MANY),
            new Place(Route.BATCH_EMBED_CONTENTS, "/v1/models/", ':', EMBED_MANY),
            new Place(Route.BATCH_EMBED_CONTENTS, "/models/", ':', EMBED_MANY));

    /** What this path says; null where it is of no such kind. */
    static @Nullable ModelPath of(String path) {
        for (Place place : PLACES) {
            int end = path.lastIndexOf(place.separator());
            if (!path.startsWith(place.before()) || end <= place.before().length()) {
                continue;
            }
            Boolean streams = place.actions().get(path.substring(end + 1));
            String model = decoded(path.substring(place.before().length(), end));
            if (streams != null && model != null) {
                return new ModelPath(place.route(), new RequestShape.Path(model, streams));
            }
        }
        return null;
    }

    /** A model's name out of a path; null where it is spelled wrongly. */
    static @Nullable String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }
}
