package dev.thalweg.clients;

import dev.thalweg.testkit.conformance.Protocol;
import dev.thalweg.testkit.conformance.Upstream;

/** The protocol that the scripted provider speaks. */
enum Provider {
    OPENAI("openai/gpt-4o-mini", Protocol.OPENAI),
    /** Chat completions only. */
    CHAT("openai_like/gpt-4o-mini", Protocol.OPENAI),
    RESPONSES("openai/responses/gpt-4o-mini", Protocol.RESPONSES),
    ANTHROPIC("anthropic/claude-x", Protocol.ANTHROPIC),
    GEMINI("gemini/gemini-3-pro-preview", Protocol.GEMINI),
    COHERE("cohere/command-a-reasoning-08-2025", Protocol.COHERE),
    MISTRAL("mistral/mistral-small-latest", Protocol.OPENAI),
    OLLAMA("ollama/qwen3:4b", Protocol.OLLAMA);

    private final String model;
    private final Protocol protocol;

    Provider(String model, Protocol protocol) {
        this.model = model;
        this.protocol = protocol;
    }

    /** How its model is named in the configuration. */
    String model() {
        return model;
    }

    /** The server's side of its protocol. */
    Upstream upstream() {
        Upstream server = Upstream.all().stream()
                .filter(upstream -> upstream.protocol() == protocol)
                .findFirst()
                .orElseThrow();
        return this == MISTRAL ? new MistralUpstream(server) : server;
    }
}
