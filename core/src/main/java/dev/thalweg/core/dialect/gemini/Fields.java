package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.model.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of an object in a caller's body, whose types are checked as they are asked for. A name may be spelled in either
 * of Google's ways, {@code systemInstruction} and {@code system_instruction}; a list of one may be its element; a null counts
 * as left out.
 */
final class Fields {
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

    private final String path;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();

    private Fields(JsonNode object, String path) {
        this.path = path;
        object.forEachEntry((name, value) -> {
            if (!value.isNull()) {
                values.put(camel(name), value);
            }
        });
    }

    /** The members of this value, which is called so in messages; empty for the body itself. */
    static Fields of(JsonNode value, String path) {
        if (!value.isObject()) {
            throw problem(
                    path.isEmpty() ? "The request body must be a JSON object." : "'" + path + "' must be an object.",
                    path,
                    path.isEmpty() ? "invalid_json" : "invalid_parameter_type");
        }
        return new Fields(value, path);
    }

    /** The name in the spelling that this project reads. */
    static String camel(String name) {
        return name.indexOf('_') < 0
                ? name
                : UNDERSCORE.matcher(name).replaceAll(match -> match.group(1).toUpperCase(java.util.Locale.ROOT));
    }

    /** Whether it has this member. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The member as it is; null where it is left out. */
    @Nullable
    JsonNode get(String name) {
        return values.get(name);
    }

    /** A text; null where it is left out. */
    @Nullable
    String text(String name) {
        JsonNode value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw type(name, "a string");
        }
        return value.asString();
    }

    /** A text that must be there. */
    String required(String name) {
        String text = text(name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    /** True or false; false where it is left out. */
    boolean flag(String name) {
        JsonNode value = values.get(name);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw type(name, "true or false");
        }
        return value.asBoolean();
    }

    /** A number; null where it is left out. */
    @Nullable
    Double number(String name) {
        JsonNode value = values.get(name);
        if (value == null) {
            return null;
        }
        Optional<Double> number = value.doubleValueOpt().stream().boxed().findFirst();
        return number.filter(Double::isFinite).orElseThrow(() -> type(name, "a number"));
    }

    /** A whole number; null where it is left out. */
    @Nullable
    Integer whole(String name) {
        Double number = number(name);
        if (number == null) {
            return null;
        }
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw type(name, "a whole number");
        }
        return number.intValue();
    }

    /** A whole number of at least 0; null where it is left out. */
    @Nullable
    Integer count(String name) {
        Integer whole = whole(name);
        if (whole != null && whole < 0) {
            throw type(name, "a whole number of at least 0");
        }
        return whole;
    }

    /** An object; null where it is left out. */
    @Nullable
    Fields object(String name) {
        JsonNode value = values.get(name);
        return value == null ? null : of(value, path(name));
    }

    /** The elements of a list; none where it is left out. */
    List<JsonNode> list(String name) {
        JsonNode value = values.get(name);
        if (value == null) {
            return List.of();
        }
        List<JsonNode> elements = new ArrayList<>();
        if (value.isObject()) {
            elements.add(value);
        } else if (value.isArray()) {
            value.forEach(elements::add);
        } else {
            throw type(name, "an array");
        }
        return elements;
    }

    /** The member as JSON; null where it is left out. */
    @Nullable
    RawJson raw(String name) {
        JsonNode value = values.get(name);
        return value == null ? null : new RawJson(Nodes.text(value));
    }

    /** The members that are not among these, by name. */
    Map<String, JsonNode> others(Set<String> known) {
        Map<String, JsonNode> others = new LinkedHashMap<>(values);
        others.keySet().removeAll(known);
        return others;
    }

    /** What a member is called in messages. */
    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    RequestProblem missing(String name) {
        return problem("Missing required field '" + path(name) + "'.", path(name), "missing_parameter");
    }

    RequestProblem value(String name, String what) {
        return problem("'" + path(name) + "' must be " + what + ".", path(name), "invalid_parameter_value");
    }

    private RequestProblem type(String name, String what) {
        return problem("'" + path(name) + "' must be " + what + ".", path(name), "invalid_parameter_type");
    }

    static RequestProblem problem(String message, String param, String code) {
        return new RequestProblem(message, param.isEmpty() ? null : param, code);
    }
}
