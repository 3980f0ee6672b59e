package dev.thalweg.gateway.record;

import dev.thalweg.core.wire.ByteBuilder;
import java.time.Instant;

/**
 * A request that was refused before any model was asked: an unknown path, a missing key, a body that is none. It is
 * logged and counted; it used nothing, so it has no row in the record.
 */
record Refusal(Instant time, String requestId, int status, String code) implements LogLine {
    @Override
    public void write(ByteBuilder json) {
        json.ascii("{\"time\":\"" + time + "\",\"id\":").string(requestId);
        json.ascii(",\"outcome\":\"refused\",\"status\":" + status + ",\"code\":")
                .string(code);
        json.ascii("}\n");
    }

    @Override
    public boolean isRow() {
        return false;
    }
}
