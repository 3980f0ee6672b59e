package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is around the choices in the events of one answer: id, model and time in each of them, the further fields of the
 * answer once, with the next event there is. The first event also has {@code thalweg_warnings}, a list of what could not be
 * said in the upstream's protocol; no event ever has {@code error}. Not thread-safe.
 */
final class ChunkFrame {
    /** The member of an answer that has the warnings. */
    static final String WARNINGS = "thalweg_warnings";

    /** What an event has anyway, and what must not be in it: clients take the presence of an error for one. */
    private static final Set<String> OWN =
            Set.of("id", "object", "created", "model", "choices", "usage", "error", WARNINGS);

    private static final byte[] KEEP_ALIVE = Bytes.utf8(": keep-alive\n\n");

    private final AnswerHead head;
    private final String object;
    private final String idPrefix;
    private final ByteBuilder out = new ByteBuilder(512);
    private final ByteBuilder extras = new ByteBuilder(0);
    private final Map<String, Long> seen = new HashMap<>(4);
    private byte @Nullable [] start;
    private @Nullable String id;
    private @Nullable Usage usage;

    /**
     * A frame for the events of one answer.
     *
     * @param object what such an event is called
     * @param idPrefix what an id begins with
     */
    ChunkFrame(AnswerHead head, String object, String idPrefix) {
        this.head = head;
        this.object = object;
        this.idPrefix = idPrefix;
        if (!head.warnings().isEmpty()) {
            extras.ascii(",\"" + WARNINGS + "\":").append(Bytes.utf8(warnings(head.warnings())));
        }
    }

    /** A list of warnings. */
    static String warnings(List<String> warnings) {
        ByteBuilder json = new ByteBuilder(128).ascii("[");
        for (int i = 0; i < warnings.size(); i++) {
            json.ascii(i == 0 ? "" : ",").string(warnings.get(i));
        }
        return json.ascii("]").toString();
    }

    /** An answer's id: the upstream's where it looks like one of ours. */
    static String id(@Nullable String upstreams, String prefix, AnswerHead head) {
        return upstreams != null && upstreams.startsWith(prefix) ? upstreams : prefix + head.requestId();
    }

    ByteBuilder out() {
        return out;
    }

    byte[] keepAlive() {
        return KEEP_ALIVE.clone();
    }

    /** The upstream's id; counts as long as nothing was written. */
    void id(JsonText text) {
        if (start == null && !text.isEmpty()) {
            id = text.decode();
        }
    }

    void usage(Usage value) {
        usage = value;
    }

    /** A further field of the answer: most providers say it again with every chunk. */
    void extra(JsonText name, JsonValue value) {
        String key = name.decode();
        Long hash = value.hash();
        if (!OWN.contains(key) && !hash.equals(seen.put(key, hash))) {
            Json.value(Json.text(extras.ascii(",\""), name).ascii("\":"), value);
        }
    }

    /** Begins an event: what follows are its choices. */
    ByteBuilder begin() {
        byte[] first = start;
        if (first == null) {
            ByteBuilder text = new ByteBuilder(128).ascii("data: {\"id\":").string(id(id, idPrefix, head));
            text.ascii(",\"object\":\"" + object + "\",\"created\":").number(head.created());
            first = text.ascii(",\"model\":")
                    .string(head.model())
                    .ascii(",\"choices\":[")
                    .toBytes();
            start = first;
        }
        return out.append(first);
    }

    /** Ends it. */
    void end() {
        out.ascii("]").append(extras.array(), 0, extras.length()).ascii("}\n\n");
        extras.clear();
    }

    /** The usage where the caller wants it, and the marker. */
    void complete() {
        Usage counts = usage;
        if (head.showUsage() && counts != null) {
            Json.value(extras.ascii(",\"usage\":"), UsageJson.of(counts));
            begin();
            end();
        }
        out.append(ResponseWriter.done());
    }

    /** The warnings as a further field; none where there are none. */
    static Map<String, RawJson> withWarnings(Map<String, RawJson> extra, List<String> warnings) {
        Map<String, RawJson> fields = new LinkedHashMap<>(extra);
        fields.keySet().removeAll(OWN);
        if (!warnings.isEmpty()) {
            fields.put(WARNINGS, new RawJson(warnings(warnings)));
        }
        return fields;
    }
}
