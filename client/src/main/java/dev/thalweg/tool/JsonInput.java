package dev.thalweg.tool;

import dev.thalweg.model.RawJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON value that a model wrote, and where it stands. Generated code reads it; so does a {@link ToolFunction} written by
 * hand. Where the value is not what is asked for, every method throws a {@link JsonInputException} whose message the model
 * can act on: {@code arguments.address.street: expected text, got a number}. Immutable.
 */
public final class JsonInput {
    private static final int MOST_NAMES = 20;

    private final String path;
    private final JsonNode node;

    private JsonInput(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    /** This JSON text, called {@code root} in messages; blank text is an object without members. */
    public static JsonInput parse(String root, String json) {
        return new JsonInput(root, JsonText.parse(root, json));
    }

    static JsonInput ofText(String root, String text) {
        return new JsonInput(root, JsonText.text(text));
    }

    /** The member of this name of an object. */
    public JsonInput required(String name) {
        JsonInput member = member(name);
        if (member == null) {
            throw new JsonInputException(path + "." + name + ": is required and missing; "
                    + (node.isEmpty() ? path + " is empty" : path + " has only " + names(node.propertyNames())));
        }
        return member;
    }

    /** The member of this name of an object as it is read; null where it is missing or null. */
    public <T> @Nullable T optional(String name, Function<JsonInput, T> read) {
        JsonInput member = member(name);
        return member == null ? null : read.apply(member);
    }

    private @Nullable JsonInput member(String name) {
        if (!node.isObject()) {
            throw expected("an object");
        }
        JsonNode member = node.get(name);
        return member == null || member.isNull() ? null : new JsonInput(path + "." + name, member);
    }

    /** A value made of this one, by a constructor that may refuse it. */
    public <T> T make(Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (JsonInputException e) {
            throw e;
        } catch (RuntimeException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new JsonInputException(path + ": " + why, e);
        }
    }

    /** Text. */
    public String text() {
        if (!node.isString()) {
            throw expected("text");
        }
        return node.stringValue();
    }

    /** One character. */
    public char character() {
        if (!node.isString() || node.stringValue().length() != 1) {
            throw expected("text of one character");
        }
        return node.stringValue().charAt(0);
    }

    /** True or false. */
    public boolean bool() {
        if (!node.isBoolean()) {
            throw expected("true or false");
        }
        return node.booleanValue();
    }

    /** A whole number that fits into a byte. */
    public byte byteInteger() {
        return (byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    /** A whole number that fits into a short. */
    public short shortInteger() {
        return (short) integer(Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** A whole number that fits into an int. */
    public int integer() {
        return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** A whole number that fits into a long. */
    public long longInteger() {
        return integer(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private long integer(long least, long most) {
        BigInteger value = bigInteger();
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw expected("a whole number from " + least + " to " + most);
        }
        return value.longValue();
    }

    /** A whole number. */
    public BigInteger bigInteger() {
        BigDecimal value = node.isNumber() ? decimal() : null;
        // A scale beyond this is no number anybody means, and would take memory without end.
        if (value == null
                || Math.abs((long) value.scale()) > 1000
                || value.stripTrailingZeros().scale() > 0) {
            throw expected("a whole number");
        }
        return value.toBigInteger();
    }

    /** A number, as a float. */
    public float floatNumber() {
        return decimal().floatValue();
    }

    /** A number, as a double. */
    public double number() {
        return decimal().doubleValue();
    }

    /** A number, exactly as written. */
    public BigDecimal decimal() {
        if (!node.isNumber()) {
            throw expected("a number");
        }
        return node.decimalValue();
    }

    /** One of these constants, by its name. */
    public <E extends Enum<E>> E choice(E[] constants) {
        if (node.isString()) {
            for (E constant : constants) {
                if (constant.name().equals(node.stringValue())) {
                    return constant;
                }
            }
        }
        throw noneOf(Arrays.stream(constants).map(Enum::name).toList());
    }

    /** What to throw where this is none of these texts. */
    public JsonInputException noneOf(List<String> allowed) {
        return expected("one of " + names(allowed));
    }

    /**
     * Text of a certain form.
     *
     * @param expected the form, for the message: {@code a date like 2026-11-21}
     */
    public <T> T parsed(String expected, Function<String, T> parser) {
        if (!node.isString()) {
            throw expected(expected);
        }
        try {
            return parser.apply(node.stringValue());
        } catch (RuntimeException e) {
            throw expected(expected);
        }
    }

    /** All elements of an array, in order. */
    public <T> List<T> list(Function<JsonInput, T> element) {
        if (!node.isArray()) {
            throw expected("a list");
        }
        List<T> all = new ArrayList<>(node.size());
        for (JsonNode one : node) {
            all.add(element.apply(new JsonInput(path + "[" + all.size() + "]", one)));
        }
        return Collections.unmodifiableList(all);
    }

    /** All elements of an array, once each, in order. */
    public <T> Set<T> set(Function<JsonInput, T> element) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(list(element)));
    }

    /** All members of an object by name, in order. */
    public <T> Map<String, T> map(Function<JsonInput, T> value) {
        if (!node.isObject()) {
            throw expected("an object");
        }
        Map<String, T> all = new LinkedHashMap<>();
        node.forEachEntry((name, one) -> all.put(name, value.apply(new JsonInput(path + "." + name, one))));
        return Collections.unmodifiableMap(all);
    }

    /** The value as JSON text. */
    public RawJson json() {
        return new RawJson(node.toString());
    }

    private JsonInputException expected(String what) {
        return new JsonInputException(path + ": expected " + what + ", got " + JsonText.nameOf(node));
    }

    private static String names(Iterable<String> names) {
        List<String> all = new ArrayList<>();
        names.forEach(all::add);
        String listed = all.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return all.size() > MOST_NAMES ? listed + " …" : listed;
    }

    @Override
    public String toString() {
        return path;
    }
}
