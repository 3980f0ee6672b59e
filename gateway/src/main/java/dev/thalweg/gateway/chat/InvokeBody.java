package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.RequestReader;
import dev.thalweg.core.dialect.openai.RequestShape;
import dev.thalweg.core.dialect.openai.RequestWriter;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.Splices;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bodies of Anthropic's for Bedrock's InvokeModel: the path says the model and whether the answer is streamed, and the body
 * says what Anthropic reads from headers.
 */
final class InvokeBody {
    private static final String VERSION = "\"bedrock-2023-05-31\"";

    private InvokeBody() {}

    /** The changes in a caller's body. */
    static Splices changes(RequestHead request, Map<String, String> defaults, HttpHeaders callers) {
        Map<String, String> added = new LinkedHashMap<>(defaults);
        added.put("anthropic_version", VERSION);
        String betas = betas(callers);
        if (!betas.isEmpty()) {
            added.put("anthropic_beta", betas);
        }
        return RequestWriter.nameless(request, added);
    }

    /** A body that was written from another protocol's. */
    static byte[] of(byte[] body, HttpHeaders callers) {
        RequestHead head = new RequestReader(JsonCursor.DEFAULT_DEPTH * 2)
                .read(body, 0, body.length, new RequestShape("messages"), null);
        ByteBuilder changed = new ByteBuilder(body.length + 64);
        changes(head, Map.of(), callers).write(body, 0, body.length, changed::append);
        return changed.toBytes();
    }

    /** What stands in the header, with commas between, as a list. */
    private static String betas(HttpHeaders callers) {
        ByteBuilder list = new ByteBuilder(64);
        for (String header : callers.getAll("anthropic-beta")) {
            for (String beta : header.split(",", -1)) {
                if (!beta.isBlank()) {
                    list.ascii(list.length() == 0 ? "[" : ",").string(beta.strip());
                }
            }
        }
        return list.length() == 0 ? "" : list.ascii("]").toString();
    }
}
