package dev.thalweg.processor.schema;

import dev.thalweg.processor.schema.JsonSchema.Simple;
import dev.thalweg.processor.schema.Shape.Scalar;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Java types without parts, by their qualified names; primitives by their boxes'. */
final class Scalars {
    private static final Map<String, Scalar> ALL = new HashMap<>();

    static {
        read("string", "text", "java.lang.String");
        read("string", "character", "java.lang.Character");
        read("boolean", "bool", "java.lang.Boolean");
        read("integer", "byteInteger", "java.lang.Byte");
        read("integer", "shortInteger", "java.lang.Short");
        read("integer", "integer", "java.lang.Integer");
        read("integer", "longInteger", "java.lang.Long");
        read("integer", "bigInteger", "java.math.BigInteger");
        read("number", "floatNumber", "java.lang.Float");
        read("number", "number", "java.lang.Double");
        read("number", "decimal", "java.math.BigDecimal");
        parse("date", "a date like 2026-11-21", "java.time.LocalDate", "parse");
        parse("time", "a time like 20:15:00", "java.time.LocalTime", "parse");
        parse("date-time", "a time like 2026-11-21T20:15:00Z", "java.time.Instant", "parse");
        parse("date-time", "a time like 2026-11-21T20:15:00+01:00", "java.time.OffsetDateTime", "parse");
        parse("date-time", "a time like 2026-11-21T20:15:00+01:00", "java.time.ZonedDateTime", "parse");
        parse("duration", "a duration like PT1H30M", "java.time.Duration", "parse");
        parse("uri", "a URI like https://example.org/a", "java.net.URI", "create");
        parse("uuid", "a UUID like 123e4567-e89b-42d3-a456-426614174000", "java.util.UUID", "fromString");
        // JSON Schema's date-time has an offset, which this must not have: the model is told in words.
        String local = "a date and time like 2026-11-21T20:15:00";
        ALL.put(
                "java.time.LocalDateTime",
                new Scalar(
                        new Simple("string", "").described(local + ", without an offset"),
                        "",
                        local,
                        "java.time.LocalDateTime::parse"));
    }

    private Scalars() {}

    static @Nullable Scalar find(String qualifiedName) {
        return ALL.get(qualifiedName);
    }

    private static void read(String schemaType, String method, String javaType) {
        ALL.put(javaType, new Scalar(new Simple(schemaType, ""), method, "", ""));
    }

    private static void parse(String format, String expected, String javaType, String method) {
        ALL.put(javaType, new Scalar(new Simple("string", format), "", expected, javaType + "::" + method));
    }
}
