package dev.thalweg.core.upstream;

import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.RequestReader;
import dev.thalweg.core.dialect.openai.RequestShape;
import dev.thalweg.core.dialect.openai.RequestWriter;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.Splices;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cloud that serves Anthropic's models in Anthropic's protocol: the path says the model, and the body the version. */
public enum AnthropicHost {
    /** Bedrock's InvokeModel: the path also says whether the answer is streamed, and the body what betas are wanted. */
    BEDROCK("\"bedrock-2023-05-31\"", true),
    /** Google's Vertex AI: betas are in a header, as at Anthropic. */
    VERTEX("\"vertex-2023-10-16\"", false);

    private final String version;
    private final boolean allInBody;

    AnthropicHost(String version, boolean allInBody) {
        this.version = version;
        this.allInBody = allInBody;
    }

    /** Whether headers of the caller's say nothing here: what they say belongs into the body. */
    public boolean readsNoHeaders() {
        return allInBody;
    }

    /**
     * The changes in a body of Anthropic's.
     *
     * @param added what it gets where it does not say it, as JSON by name
     * @param betas the values of {@code anthropic-beta}
     */
    public Splices changes(RequestHead request, Map<String, String> added, List<String> betas) {
        Map<String, String> all = new LinkedHashMap<>(added);
        all.put("anthropic_version", version);
        String list = list(betas);
        if (allInBody && !list.isEmpty()) {
            all.put("anthropic_beta", list);
        }
        return RequestWriter.nameless(request, all, allInBody);
    }

    /** A body that was written from another protocol's. */
    public byte[] body(byte[] body) {
        RequestHead head = new RequestReader(JsonCursor.DEFAULT_DEPTH * 2)
                .read(body, 0, body.length, new RequestShape("messages"), null);
        ByteBuilder changed = new ByteBuilder(body.length + 64);
        changes(head, Map.of(), List.of()).write(body, 0, body.length, changed::append);
        return changed.toBytes();
    }

    /** What stands in the headers, with commas between, as a list. */
    private static String list(List<String> betas) {
        ByteBuilder list = new ByteBuilder(64);
        for (String header : betas) {
            for (String beta : header.split(",", -1)) {
                if (!beta.isBlank()) {
                    list.ascii(list.length() == 0 ? "[" : ",").string(beta.strip());
                }
            }
        }
        return list.length() == 0 ? "" : list.ascii("]").toString();
    }
}
