package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.bedrock.BedrockErrors;
import dev.thalweg.core.dialect.openai.RequestShape;
import dev.thalweg.core.upstream.Dialects;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.Framing;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Arrays;

/** A protocol in which callers ask and upstreams are asked. */
public enum Front {
    /** OpenAI's chat completions. */
    CHAT("openai", RequestShape.CHAT),
    /** OpenAI's completions, from before chats. */
    COMPLETIONS("completions", RequestShape.PROMPT),
    /** OpenAI's responses. */
    RESPONSES("responses", new RequestShape("input")),
    /** Anthropic's messages. */
    MESSAGES("anthropic", new RequestShape("messages")),
    /** Gemini's contents. */
    GEMINI("gemini", new RequestShape("contents", "generationConfig.maxOutputTokens", false)),
    /** AWS Bedrock's Converse. */
    CONVERSE("bedrock", new RequestShape("messages", "inferenceConfig.maxTokens", false)),
    /** Ollama's chats. */
    OLLAMA("ollama", new RequestShape("messages", "options.num_predict", true)),
    /** Ollama's prompts. */
    OLLAMA_GENERATE("ollama-generate", new RequestShape("prompt", "options.num_predict", true)),
    /** Cohere's chat, version 2. */
    COHERE("cohere", new RequestShape("messages"));

    private static final byte[] NOTHING = {};
    private static final byte[] COMMENT = Bytes.utf8(": keep-alive\n\n");
    private static final byte[] PING = Bytes.utf8("event: ping\ndata: {\"type\":\"ping\"}\n\n");

    private final Dialect dialect;
    private final RequestShape shape;

    Front(String dialect, RequestShape shape) {
        this.dialect = Dialects.of(dialect);
        this.shape = shape;
    }

    /** The one of this protocol. */
    static Front of(String dialect) {
        return Arrays.stream(values())
                .filter(front -> front.dialect.name().equals(dialect))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no protocol '" + dialect + "'"));
    }

    /** The protocol. */
    public Dialect dialect() {
        return dialect;
    }

    /** What a request must have. */
    public RequestShape shape() {
        return shape;
    }

    /** Whether its answers are OpenAI's choices, old or new, which are passed on by relays of their own. */
    boolean hasChoices() {
        return this == CHAT || this == COMPLETIONS;
    }

    /** Sets the headers that tell of an error beside its body. */
    public void describe(CallerError error, HttpHeaders headers) {
        if (this == CONVERSE) {
            headers.set("x-amzn-errortype", BedrockErrors.type(error));
        }
    }

    /** Sets the headers that tell a caller his request's id in his protocol's own words. */
    public void identify(String requestId, HttpHeaders headers) {
        if (this == MESSAGES) {
            headers.set("request-id", requestId);
        } else if (this == CONVERSE) {
            headers.set("x-amzn-requestid", requestId);
        }
    }

    /** Whether it is Ollama's API. */
    boolean isOllama() {
        return this == OLLAMA || this == OLLAMA_GENERATE;
    }

    /** Whether most of a request's settings stand in an object of their own. */
    boolean nestsSettings() {
        return this == GEMINI || this == CONVERSE || isOllama();
    }

    /** Whether some settings of its requests have names or places of their own, beside the others. */
    boolean spellsSettings() {
        return this == RESPONSES || this == MESSAGES || this == COHERE;
    }

    /** Whether comments may stand between its events. Only server-sent events have any, and Google's clients take none. */
    boolean takesComments(Framing framing) {
        return framing == Framing.SSE && this != GEMINI;
    }

    /** A sign of life: nothing may come before the first event of Anthropic's streams but a comment. */
    byte[] keepAlive(boolean begun, Framing framing) {
        return !takesComments(framing) ? NOTHING : this == MESSAGES && begun ? PING : COMMENT;
    }
}
