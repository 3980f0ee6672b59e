package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.RawJson;
import java.util.Map;

/**
 * Up to where a prompt is to be cached: a block of its own here, and a member of the block before it, as Anthropic spells it,
 * in the vocabulary.
 */
final class CachePoint {
    /** The member. */
    static final String CONTROL = "cache_control";

    private CachePoint() {}

    /** Appends the block, after a comma; nothing where none is asked for. */
    static void write(ByteBuilder json, Map<String, RawJson> extra) {
        RawJson control = extra.get(CONTROL);
        if (control != null) {
            String ttl = control.text().contains("\"1h\"") ? ",\"ttl\":\"1h\"" : "";
            json.ascii(",{\"cachePoint\":{\"type\":\"default\"").ascii(ttl).ascii("}}");
        }
    }
}
