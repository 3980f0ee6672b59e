package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers for a caller: the chunks of a stream, as events, or a whole completion. One writer serves one answer.
 */
public final class ResponseWriter {
    /** The marker that ends a stream. */
    private static final byte[] DONE = Bytes.utf8("data: [DONE]\n\n");

    private final String id;
    private final String model;
    private final long created;

    /**
     * A writer for one answer.
     *
     * @param created seconds since 1970
     */
    public ResponseWriter(String id, String model, long created) {
        this.id = id;
        this.model = model;
        this.created = created;
    }

    /** The marker that ends a stream, as an event. */
    public static byte[] done() {
        return DONE.clone();
    }

    /** The first chunk of a choice: its role. */
    public byte[] role(int choice) {
        return chunk(choice, "{\"role\":\"assistant\",\"content\":\"\"}", null);
    }

    /** A piece of text. */
    public byte[] text(int choice, String text) {
        return chunk(choice, "{\"content\":" + quoted(text) + "}", null);
    }

    /** A piece of reasoning, under the name that DeepSeek, Vercel and LangChain4j read. */
    public byte[] reasoning(int choice, String text) {
        return chunk(choice, "{\"reasoning_content\":" + quoted(text) + "}", null);
    }

    /** A piece of a refusal. */
    public byte[] refusal(int choice, String text) {
        return chunk(choice, "{\"refusal\":" + quoted(text) + "}", null);
    }

    /** A whole tool call. */
    public byte[] toolCall(int choice, int index, ToolCall call) {
        ByteBuilder delta = new ByteBuilder(128).ascii("{\"tool_calls\":[");
        ToolCallWriter.call(delta, index, call);
        return chunk(choice, delta.ascii("]}").toString(), null);
    }

    /** The last chunk of a choice. */
    public byte[] finish(int choice, String reason) {
        return chunk(choice, "{}", reason);
    }

    /** The chunk without choices that carries the usage. */
    public byte[] usage(Usage usage) {
        ByteBuilder json = event();
        head(json, "chat.completion.chunk").ascii(",\"choices\":[],\"usage\":").ascii(usageJson(usage));
        return json.ascii("}\n\n").toBytes();
    }

    /** A whole answer: equal texts or calls for every choice asked for. */
    public byte[] completion(int choices, String content, List<ToolCall> calls, String finishReason, Usage usage) {
        ByteBuilder json = new ByteBuilder(256 + content.length());
        head(json, "chat.completion").ascii(",\"choices\":[");
        for (int i = 0; i < choices; i++) {
            json.ascii(i == 0 ? "" : ",")
                    .ascii("{\"index\":" + i + ",\"message\":{\"role\":\"assistant\",\"content\":");
            if (content.isEmpty() && !calls.isEmpty()) {
                json.ascii("null");
            } else {
                json.string(content);
            }
            json.ascii(",\"refusal\":null");
            ToolCallWriter.members(json, calls);
            json.ascii("},\"logprobs\":null,\"finish_reason\":")
                    .string(finishReason)
                    .ascii("}");
        }
        return json.ascii("],\"usage\":").ascii(usageJson(usage)).ascii("}").toBytes();
    }

    private byte[] chunk(int choice, String delta, @Nullable String finishReason) {
        ByteBuilder json = event();
        head(json, "chat.completion.chunk").ascii(",\"choices\":[{\"index\":" + choice + ",\"delta\":");
        json.append(Bytes.utf8(delta)).ascii(",\"logprobs\":null,\"finish_reason\":");
        if (finishReason == null) {
            json.ascii("null");
        } else {
            json.string(finishReason);
        }
        return json.ascii("}]}\n\n").toBytes();
    }

    private static ByteBuilder event() {
        return new ByteBuilder(256).ascii("data: ");
    }

    private ByteBuilder head(ByteBuilder json, String object) {
        json.ascii("{\"id\":").string(id).ascii(",\"object\":\"" + object + "\",\"created\":" + created);
        return json.ascii(",\"model\":").string(model);
    }

    private static String usageJson(Usage usage) {
        return "{\"prompt_tokens\":" + usage.inputTokens() + ",\"completion_tokens\":" + usage.outputTokens()
                + ",\"total_tokens\":" + usage.totalTokens() + "}";
    }

    private static String quoted(String text) {
        return new ByteBuilder(text.length() + 2).string(text).toString();
    }
}
