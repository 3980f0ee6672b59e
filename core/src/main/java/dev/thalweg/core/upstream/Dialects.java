package dev.thalweg.core.upstream;

import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.anthropic.AnthropicDialect;
import dev.thalweg.core.dialect.bedrock.BedrockDialect;
import dev.thalweg.core.dialect.cohere.CohereDialect;
import dev.thalweg.core.dialect.gemini.GeminiDialect;
import dev.thalweg.core.dialect.ollama.OllamaDialect;
import dev.thalweg.core.dialect.openai.CompletionsDialect;
import dev.thalweg.core.dialect.openai.OpenAiDialect;
import dev.thalweg.core.dialect.responses.ResponsesDialect;
import java.util.List;

/** All protocols, by the names that the provider table has for them. */
public final class Dialects {
    private static final List<Dialect> ALL = List.of(
            new OpenAiDialect(),
            new CompletionsDialect(),
            ResponsesDialect.INSTANCE,
            new AnthropicDialect(),
            new GeminiDialect(),
            new BedrockDialect(),
            OllamaDialect.CHAT,
            OllamaDialect.GENERATE,
            new CohereDialect());

    private Dialects() {}

    /**
     * The protocol of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Dialect of(String name) {
        return ALL.stream()
                .filter(dialect -> dialect.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no protocol '" + name + "'"));
    }
}
