package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes response objects: the answer, and around it what the request asked for, as OpenAI repeats it. A setting that the
 * request left open is null, or what OpenAI documents as its default.
 */
final class ResponseObject {
    private final AnswerHead head;
    private final byte[] beforeOutput;
    private final byte[] afterOutput;
    private final Map<String, String> extra = new LinkedHashMap<>();
    private String id;

    ResponseObject(AnswerHead head, ChatRequest request) {
        this.head = head;
        this.id = new Ids(head.requestId()).response();
        ByteBuilder before = new ByteBuilder(256);
        before(before, request);
        this.beforeOutput = oneLine(before);
        ByteBuilder after = new ByteBuilder(512);
        after(after, request);
        this.afterOutput = oneLine(after);
    }

    String id() {
        return id;
    }

    /** An upstream's id stands for our own where it is one of this protocol's: it may be asked for there. */
    void id(String upstreams) {
        if (head.upstream().equals(Names.DIALECT) && !upstreams.isEmpty()) {
            id = upstreams;
        }
    }

    /** A further field of the answer, which is none of this protocol's. */
    void extra(String name, String json) {
        if (extra.size() < 32) {
            extra.put(name, json);
        }
    }

    /**
     * The object.
     *
     * @param details why it is incomplete, or what failed: the members {@code error} and {@code incomplete_details}
     * @param output the items, whole, in their order
     */
    void write(
            ByteBuilder json,
            String status,
            Details details,
            List<byte[]> output,
            @Nullable Usage usage,
            List<String> warnings) {
        json.ascii("{\"id\":").string(id).ascii(",\"object\":\"response\",\"created_at\":");
        json.number(head.created()).ascii(",\"status\":").string(status);
        json.ascii(",\"background\":false,\"error\":");
        details.error(json);
        json.ascii(",\"incomplete_details\":");
        details.incomplete(json);
        json.append(beforeOutput).ascii(",\"model\":").string(head.model()).ascii(",\"output\":[");
        for (int i = 0; i < output.size(); i++) {
            json.ascii(i == 0 ? "" : ",").append(output.get(i));
        }
        json.ascii("]").append(afterOutput).ascii(",\"usage\":");
        UsageWriter.write(json, usage);
        extra.forEach(
                (name, value) -> SafeText.append(json.ascii(",").string(name).ascii(":"), value));
        if (!warnings.isEmpty()) {
            json.ascii(",\"warnings\":");
            strings(json, warnings);
        }
        json.ascii("}");
    }

    /**
     * How an answer ended, if not well.
     *
     * @param reason why it is incomplete
     * @param code what failed
     * @param message the same in words
     */
    record Details(
            @Nullable String reason,
            @Nullable String code,
            @Nullable String message) {
        static final Details NONE = new Details(null, null, null);

        void error(ByteBuilder json) {
            if (code == null) {
                json.ascii("null");
            } else {
                json.ascii("{\"code\":").string(code).ascii(",\"message\":");
                json.string(message == null ? "" : message).ascii("}");
            }
        }

        void incomplete(ByteBuilder json) {
            if (reason == null) {
                json.ascii("null");
            } else {
                json.ascii("{\"reason\":").string(reason).ascii("}");
            }
        }
    }

    private static void before(ByteBuilder json, ChatRequest request) {
        Message first = request.messages().get(0);
        json.ascii(",\"instructions\":");
        if (first.role().equals("system")) {
            json.string(first.content());
        } else {
            json.ascii("null");
        }
        json.ascii(",\"max_output_tokens\":");
        json.ascii(
                request.maxOutputTokens().isPresent()
                        ? String.valueOf(request.maxOutputTokens().getAsInt())
                        : "null");
    }

    private static void after(ByteBuilder json, ChatRequest request) {
        Map<String, RawJson> said = request.extra();
        json.ascii(",\"parallel_tool_calls\":" + request.parallelToolCalls().orElse(true));
        repeat(json, said, "previous_response_id", "null");
        ReasoningOptions reasoning = request.reasoning().orElse(ReasoningOptions.adaptive());
        json.ascii(",\"reasoning\":{\"effort\":");
        nullable(json, reasoning.effort().orElse(null)).ascii(",\"summary\":");
        nullable(json, reasoning.summary().orElse(null)).ascii("}");
        repeat(json, said, "safety_identifier", "null");
        repeat(json, said, "store", "true");
        json.ascii(",\"temperature\":"
                + (request.temperature().isPresent() ? request.temperature().getAsDouble() : "null"));
        json.ascii(",\"text\":");
        FormatWriter.text(json, request.responseFormat().orElse(null), said.get("verbosity"));
        json.ascii(",\"tool_choice\":");
        if (request.toolChoice().isPresent()) {
            ToolWriter.choice(json, request.toolChoice().get(), request.tools());
        } else {
            json.append(Bytes.utf8(
                    said.getOrDefault("tool_choice", new RawJson("\"auto\"")).text()));
        }
        json.ascii(",\"tools\":");
        ToolWriter.tools(json, request.tools(), new Warnings());
        json.ascii(",\"top_logprobs\":" + request.logprobs().orElse(0));
        json.ascii(",\"top_p\":" + (request.topP().isPresent() ? request.topP().getAsDouble() : "null"));
        repeat(json, said, "truncation", "\"disabled\"");
        json.ascii(",\"user\":");
        nullable(json, request.endUser().orElse(null));
        repeat(json, said, "metadata", "{}");
    }

    private static void repeat(ByteBuilder json, Map<String, RawJson> said, String name, String otherwise) {
        RawJson value = said.get(name);
        json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value == null ? otherwise : value.text()));
    }

    static ByteBuilder nullable(ByteBuilder json, @Nullable String value) {
        return value == null ? json.ascii("null") : json.string(value);
    }

    static void strings(ByteBuilder json, List<String> all) {
        String comma = "[";
        for (String one : all) {
            json.ascii(comma).string(one);
            comma = ",";
        }
        json.ascii("]");
    }

    private static byte[] oneLine(ByteBuilder json) {
        ByteBuilder line = new ByteBuilder(json.length());
        return SafeText.append(line, json.array(), 0, json.length()).toBytes();
    }
}
