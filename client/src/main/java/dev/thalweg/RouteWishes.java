package dev.thalweg;

import dev.thalweg.core.dialect.GatewayFields;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.route.RouteRequest;
import dev.thalweg.error.ErrorDetails;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import java.util.Arrays;
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
    static RouteRequest of(ChatRequest request, boolean stream) {
        RouteWishes wishes = new RouteWishes(request);
        List<String> tags = wishes.names(GatewayFields.TAGS);
        String session = wishes.read("prompt_cache_key", String.class);
        return new RouteRequest(
                stream,
                tags == null ? Set.of() : Set.copyOf(tags),
                wishes.read(GatewayFields.REGION, String.class),
                session != null ? session : request.endUser().orElse(null),
                wishes.read(GatewayFields.NUM_RETRIES, Integer.class),
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
