package dev.thalweg.gateway.chat;

import static dev.thalweg.core.dialect.GatewayFields.DISABLE_FALLBACKS;
import static dev.thalweg.core.dialect.GatewayFields.FALLBACKS;
import static dev.thalweg.core.dialect.GatewayFields.NUM_RETRIES;
import static dev.thalweg.core.dialect.GatewayFields.REGION;
import static dev.thalweg.core.dialect.GatewayFields.TAGS;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.route.RouteRequest;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a caller says about where his request goes: in fields of its body or in headers, of which the body's win. */
public final class RouteRequests {
    private static final int LONGEST_FIELD = 16 * 1024;
    private static final int MOST_NAMES = 50;
    private static final int MOST_RETRIES = 100;

    private RouteRequests() {}

    /**
     * What this request says.
     *
     * @param affinity whether requests of one session are kept together
     * @param mayUse whether the caller may be served by a group of this name
     * @throws RequestProblem when a field is not what it should be
     */
    public static RouteRequest of(
            RequestHead head, ByteBuf body, HttpHeaders headers, boolean affinity, Predicate<String> mayUse) {
        List<String> fallbacks = names(head, body, FALLBACKS);
        String asked = header(headers, "x-thalweg-fallbacks");
        boolean off = asked != null && asked.equalsIgnoreCase("none");
        if (fallbacks == null && asked != null && !off) {
            fallbacks = separated(asked);
        }
        List<String> tags = names(head, body, TAGS);
        if (tags == null) {
            String listed = header(headers, "x-thalweg-tags", "x-litellm-tags");
            tags = listed == null ? List.of() : separated(listed);
        }
        return new RouteRequest(
                head.stream(),
                tags.isEmpty() ? Set.of() : new LinkedHashSet<>(tags),
                text(head, body, REGION),
                affinity ? session(head, body, headers) : null,
                retries(head, body, headers),
                fallbacks,
                off || flag(head, body, DISABLE_FALLBACKS),
                mayUse);
    }

    private static @Nullable String session(RequestHead head, ByteBuf body, HttpHeaders headers) {
        String named = header(headers, "x-thalweg-session", "x-litellm-session-id", "x-session-id");
        if (named == null) {
            named = text(head, body, "prompt_cache_key");
        }
        return named != null ? named : head.user();
    }

    private static @Nullable Integer retries(RequestHead head, ByteBuf body, HttpHeaders headers) {
        JsonNode said = value(head, body, NUM_RETRIES);
        String asked = header(headers, "x-thalweg-num-retries", "x-litellm-num-retries");
        int retries;
        if (said != null) {
            retries = said.isInt() ? said.asInt() : -1;
        } else if (asked != null) {
            retries = asked.matches("[0-9]{1,9}") ? Integer.parseInt(asked) : -1;
        } else {
            return null;
        }
        if (retries < 0 || retries > MOST_RETRIES) {
            throw problem(NUM_RETRIES, "a whole number from 0 to " + MOST_RETRIES);
        }
        return retries;
    }

    /** The names a list has; LiteLLM's objects stand for the model they name. */
    private static @Nullable List<String> names(RequestHead head, ByteBuf body, String field) {
        JsonNode list = value(head, body, field);
        if (list == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (JsonNode one : list.isArray() ? list : List.of(list)) {
            JsonNode name = one.isObject() ? one.path("model") : one;
            if (!name.isString() || name.asString().isBlank() || names.size() == MOST_NAMES) {
                throw problem(field, "a list of at most " + MOST_NAMES + " names");
            }
            names.add(name.asString());
        }
        return names;
    }

    private static boolean flag(RequestHead head, ByteBuf body, String field) {
        JsonNode value = value(head, body, field);
        if (value != null && !value.isBoolean()) {
            throw problem(field, "true or false");
        }
        return value != null && value.asBoolean();
    }

    private static @Nullable String text(RequestHead head, ByteBuf body, String field) {
        JsonNode value = value(head, body, field);
        return value == null || !value.isString() ? null : value.asString();
    }

    private static @Nullable JsonNode value(RequestHead head, ByteBuf body, String field) {
        RequestHead.Place place = head.place(field);
        if (place == null) {
            return null;
        }
        int length = place.end() - place.start();
        if (length > LONGEST_FIELD) {
            throw problem(field, "shorter");
        }
        try {
            return JsonMapper.shared()
                    .readTree(body.toString(body.readerIndex() + place.start(), length, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw problem(field, "valid JSON");
        }
    }

    private static List<String> separated(String list) {
        return Arrays.stream(list.split(",", MOST_NAMES))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static @Nullable String header(HttpHeaders headers, String... names) {
        for (String name : names) {
            String value = headers.get(name);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }

    private static RequestProblem problem(String field, String wanted) {
        return new RequestProblem("'" + field + "' must be " + wanted + ".", field, "invalid_parameter_value");
    }
}
