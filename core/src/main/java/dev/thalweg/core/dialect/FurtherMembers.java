package dev.thalweg.core.dialect;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import java.util.Set;

/** What a provider says of an error beside the members that a protocol's envelope has: further members of it. */
public final class FurtherMembers {
    /** Members that an envelope has itself, in some protocol. */
    private static final Set<String> OWN =
            Set.of("attempts", "code", "error", "id", "message", "param", "request_id", "type");

    private FurtherMembers() {}

    /** Appends them, each after a comma. */
    public static void write(ByteBuilder json, CallerError error) {
        write(json, error, Set.of());
    }

    /** The same but for those that this envelope has itself. */
    public static void write(ByteBuilder json, CallerError error, Set<String> own) {
        error.further().forEach((name, value) -> {
            if (!OWN.contains(name) && !own.contains(name)) {
                json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value));
            }
        });
    }
}
