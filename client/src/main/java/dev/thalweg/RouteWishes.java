package dev.thalweg;

import dev.thalweg.core.dialect.GatewayFields;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.route.RouteRequest;
import dev.thalweg.error.ErrorDetails;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request says about where it goes: in the fields that the gateway knows, too, and that no provider gets. */
final class RouteWishes {
    private final ChatRequest request;

    private RouteWishes(ChatRequest request) {
        this.request = request;
    }

    /**
     * What this request says.
     *
     * @throws dev.thalweg.error.BadRequestException when a field is not what it should be
     */
    static RouteRequest of(ChatRequest request, CallOptions options, boolean stream) {
        RouteWishes wishes = new RouteWishes(request);
        List<String> said = wishes.names(GatewayFields.TAGS);
        Set<String> tags = new HashSet<>(options.tags());
        tags.addAll(said == null ? List.of() : said);
        Integer retries = wishes.read(GatewayFields.NUM_RETRIES, Integer.class);
        String session = wishes.read("prompt_cache_key", String.class);
        return new RouteRequest(
                stream,
                Set.copyOf(tags),
                wishes.read(GatewayFields.REGION, String.class),
                session != null ? session : request.endUser().orElse(null),
                retries != null ? retries : options.retries(),
                wishes.names(GatewayFields.FALLBACKS),
                Boolean.TRUE.equals(wishes.read(GatewayFields.DISABLE_FALLBACKS, Boolean.class)),
                name -> true);
    }

    /** The request as a provider gets it. */
    static ChatRequest without(ChatRequest request) {
        if (GatewayFields.NAMES.stream().noneMatch(request.extra()::containsKey)) {
            return request;
        }
        ChatRequest.Builder rest = request.toBuilder();
        GatewayFields.NAMES.forEach(rest::removeExtra);
        return rest.build();
    }

    /** Without groups of its own a call says how often it is tried, and nothing else. */
    static RouteRequest of(CallOptions options, boolean stream) {
        RouteRequest plain = RouteRequest.of(stream);
        return options.retries() == null
                ? plain
                : new RouteRequest(stream, plain.tags(), null, null, options.retries(), null, false, plain.mayUse());
    }

    /** The request as a gateway gets it, with what these options say in its words. */
    static ChatRequest forGateway(ChatRequest request, CallOptions options) {
        if (options.tags().isEmpty() && options.metadata().isEmpty()) {
            return request;
        }
        ChatRequest.Builder all = request.toBuilder();
        if (!options.tags().isEmpty() && !request.extra().containsKey(GatewayFields.TAGS)) {
            all.extra(GatewayFields.TAGS, RawJson.of(options.tags()).text());
        }
        if (!options.metadata().isEmpty() && !request.extra().containsKey("metadata")) {
            all.extra("metadata", RawJson.of(options.metadata()).text());
        }
        return all.build();
    }

    private @Nullable List<String> names(String field) {
        String[] names = read(field, String[].class);
        return names == null ? null : Arrays.asList(names);
    }

    private <T> @Nullable T read(String field, Class<T> type) {
        RawJson value = request.extra().get(field);
        try {
            return value == null ? null : value.as(type);
        } catch (IllegalArgumentException e) {
            ErrorKind kind = ErrorKind.BAD_REQUEST;
            throw kind.exception(ErrorDetails.builder("extra(\"" + field + "\", …) must be "
                            + (type.isArray() ? "a list of names" : "a " + type.getSimpleName())
                            + ": " + e.getMessage())
                    .model(request.model())
                    .status(kind.status())
                    .type(kind.type())
                    .param(field)
                    .build());
        }
    }
}
