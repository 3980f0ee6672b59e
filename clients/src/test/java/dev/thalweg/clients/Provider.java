package dev.thalweg.clients;

/** The protocol that the scripted provider speaks. */
enum Provider {
    OPENAI("openai/gpt-4o-mini"),
    /** Chat completions only. */
    CHAT("openai_like/gpt-4o-mini"),
    RESPONSES("openai/responses/gpt-4o-mini"),
    ANTHROPIC("anthropic/claude-x");

    private final String model;

    Provider(String model) {
        this.model = model;
    }

    /** How its model is named in the configuration. */
    String model() {
        return model;
    }
}
