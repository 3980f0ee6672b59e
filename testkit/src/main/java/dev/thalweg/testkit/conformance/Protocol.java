package dev.thalweg.testkit.conformance;

/** A wire protocol that callers and providers speak. */
public enum Protocol {
    /** OpenAI's chat completions. */
    OPENAI("openai"),
    /** OpenAI's responses. */
    RESPONSES("responses"),
    /** Anthropic's messages. */
    ANTHROPIC("anthropic"),
    /** Gemini's contents. */
    GEMINI("gemini"),
    /** AWS Bedrock's Converse. */
    BEDROCK("bedrock"),
    /** Ollama's chats. */
    OLLAMA("ollama"),
    /** Cohere's chat, version 2. */
    COHERE("cohere");

    private final String id;

    Protocol(String id) {
        this.id = id;
    }

    /** Its name in lower case, as gateways are configured with. */
    public String id() {
        return id;
    }

    @Override
    public String toString() {
        return id;
    }
}
