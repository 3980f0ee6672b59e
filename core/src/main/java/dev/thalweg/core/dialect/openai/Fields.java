package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.RawJson;
import java.util.Map;
import java.util.Set;

/**
 * Writes what a part, a tool or a message has in further fields. Those of Anthropic's protocol, which a caller of it sends
 * with almost everything, are left out where they would be refused: that what is said is to be cached changes no answer.
 */
final class Fields {
    private static final Set<String> ANTHROPICS = Set.of("citations", "title", "context", "caller");

    private Fields() {}

    /** As further members of the object that is open. */
    static void write(ByteBuilder json, Map<String, RawJson> fields, Provider provider) {
        fields.forEach((name, value) -> {
            if (isTaken(name, provider)) {
                json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text()));
            }
        });
    }

    /** Whether none of them would be written. */
    static boolean areNone(Map<String, RawJson> fields, Provider provider) {
        return fields.isEmpty() || fields.keySet().stream().noneMatch(name -> isTaken(name, provider));
    }

    private static boolean isTaken(String name, Provider provider) {
        return name.equals("cache_control") ? Takes.cacheControl(provider) : !ANTHROPICS.contains(name);
    }
}
