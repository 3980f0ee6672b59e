package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.anthropic.AnthropicDialect;
import dev.thalweg.core.dialect.openai.CompletionsDialect;
import dev.thalweg.core.dialect.openai.OpenAiDialect;
import dev.thalweg.core.dialect.responses.ResponsesDialect;
import dev.thalweg.core.wire.Bytes;
import java.util.Arrays;

/** A protocol in which callers ask and upstreams are asked, at a path of its own. */
public enum Front {
    /** OpenAI's chat completions. */
    CHAT(new OpenAiDialect(), "/chat/completions", "messages"),
    /** OpenAI's completions, from before chats. */
    COMPLETIONS(new CompletionsDialect(), "/completions", "prompt"),
    /** OpenAI's responses. */
    RESPONSES(ResponsesDialect.INSTANCE, "/responses", "input"),
    /** Anthropic's messages. */
    MESSAGES(new AnthropicDialect(), "/messages", "messages");

    private static final byte[] COMMENT = Bytes.utf8(": keep-alive\n\n");
    private static final byte[] PING = Bytes.utf8("event: ping\ndata: {\"type\":\"ping\"}\n\n");

    private final Dialect dialect;
    private final String path;
    private final String content;

    Front(Dialect dialect, String path, String content) {
        this.dialect = dialect;
        this.path = path;
        this.content = content;
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

    /** What is appended to an upstream's base URL. */
    String path() {
        return path;
    }

    /** The field a request must have beside its model. */
    public String content() {
        return content;
    }

    /** A sign of life: nothing may come before the first event of Anthropic's streams but a comment. */
    byte[] keepAlive(boolean begun) {
        return this == MESSAGES && begun ? PING : COMMENT;
    }
}
