package dev.thalweg.gateway.server;

import dev.thalweg.core.route.RouteRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which request's way is asked for. Immutable.
 *
 * @param model the name a caller would ask for
 * @param stream whether it would be answered as a stream
 * @param tags what its deployments must be tagged with
 * @param region where it must be served; null: anywhere
 * @param session what it would have in common with others; null: nothing
 */
public record RouteQuery(
        String model,
        boolean stream,
        Set<String> tags,
        @Nullable String region,
        @Nullable String session) {
    private static final Set<String> PARAMETERS = Set.of("model", "stream", "tags", "region", "session");

    /** The same tags, in their order. */
    public RouteQuery {
        tags = new LinkedHashSet<>(tags);
    }

    /** Why a query cannot be answered. */
    static final class Mistake extends Exception {
        private static final long serialVersionUID = 1L;

        private final String parameter;

        Mistake(String parameter, String text) {
            super(text);
            this.parameter = parameter;
        }

        String parameter() {
            return parameter;
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    /** What the query of this request target says. A parameter that is not known is a mistake: it would be missed. */
    static RouteQuery of(String target) throws Mistake {
        Map<String, List<String>> parameters;
        try {
            parameters = new QueryStringDecoder(target).parameters();
        } catch (IllegalArgumentException e) {
            throw new Mistake("model", "The query is not percent-encoded as it should be.");
        }
        for (Map.Entry<String, List<String>> one : parameters.entrySet()) {
            if (!PARAMETERS.contains(one.getKey())) {
                throw new Mistake("model", "The parameters are model, stream, tags, region and session.");
            }
            if (one.getValue().size() > 1) {
                throw new Mistake(one.getKey(), "'" + one.getKey() + "' is there twice.");
            }
        }
        String model = value(parameters, "model");
        if (model == null) {
            throw new Mistake("model", "Say which model: ?model=NAME.");
        }
        return new RouteQuery(
                model,
                flag(value(parameters, "stream")),
                separated(value(parameters, "tags")),
                value(parameters, "region"),
                value(parameters, "session"));
    }

    /** The same as the query of a request target, which {@code GET /v1/route} understands. */
    public String text() {
        StringBuilder query = new StringBuilder("model=").append(encoded(model));
        if (stream) {
            query.append("&stream=true");
        }
        if (!tags.isEmpty()) {
            query.append("&tags=").append(encoded(String.join(",", tags)));
        }
        if (region != null) {
            query.append("&region=").append(encoded(region));
        }
        if (session != null) {
            query.append("&session=").append(encoded(session));
        }
        return query.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The tags of a list with commas between them. */
    public static Set<String> separated(@Nullable String list) {
        Set<String> tags = new LinkedHashSet<>();
        if (list != null) {
            Arrays.stream(list.split(",", -1))
                    .map(String::strip)
                    .filter(tag -> !tag.isEmpty())
                    .forEach(tags::add);
        }
        return tags;
    }

    private static boolean flag(@Nullable String value) throws Mistake {
        return switch (value == null ? "false" : value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new Mistake("stream", "'stream' must be true or false.");
        };
    }

    private static @Nullable String value(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.isEmpty() || values.get(0).isBlank()
                ? null
                : values.get(0).strip();
    }

    /** The request, for a caller who may use these groups. */
    RouteRequest request(boolean keepsSessions, Predicate<String> mayUse) {
        return new RouteRequest(stream, tags, region, keepsSessions ? session : null, null, null, false, mayUse);
    }
}
