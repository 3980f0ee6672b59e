package dev.thalweg.core.fuzz;

import dev.thalweg.core.dialect.AnswerStream;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.EventRelay;
import dev.thalweg.core.dialect.anthropic.AnthropicDialect;
import dev.thalweg.core.dialect.bedrock.BedrockDialect;
import dev.thalweg.core.dialect.cohere.CohereDialect;
import dev.thalweg.core.dialect.gemini.GeminiDialect;
import dev.thalweg.core.dialect.ollama.OllamaDialect;
import dev.thalweg.core.dialect.openai.CompletionsDialect;
import dev.thalweg.core.dialect.openai.OpenAiDialect;
import dev.thalweg.core.dialect.openai.Relay;
import dev.thalweg.core.dialect.responses.ResponsesDialect;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.HeldBytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocols, a line for each: its dialect, and the directories of recordings that speak it. Its own seeds are in {@code
 * src/test/resources/fuzz/NAME}.
 */
enum Protocol {
    OPENAI(new OpenAiDialect(), "openai-chat", "groq", "mistral", "deepseek", "perplexity", "venice"),
    COMPLETIONS(new CompletionsDialect(), "openai-completions"),
    RESPONSES(ResponsesDialect.INSTANCE, "openai-responses"),
    ANTHROPIC(new AnthropicDialect(), "anthropic"),
    GEMINI(new GeminiDialect(), "gemini"),
    BEDROCK(new BedrockDialect(), "bedrock"),
    OLLAMA(OllamaDialect.CHAT, "ollama"),
    OLLAMA_GENERATE(OllamaDialect.GENERATE),
    COHERE(new CohereDialect(), "cohere");

    final Dialect dialect;
    private final List<String> recordings;

    Protocol(Dialect dialect, String... recordings) {
        this.dialect = dialect;
        this.recordings = List.of(recordings);
    }

    List<byte[]> requests() {
        return Seeds.own(dialect.name(), "request");
    }

    List<byte[]> streams() {
        String end = switch (dialect.framing()) {
            case AWS -> ".bin";
            case JSON_LINES -> ".ndjson";
            default -> ".sse";
        };
        return Seeds.with(Seeds.own(dialect.name(), "stream"), recordings, end);
    }

    List<byte[]> answers() {
        return Seeds.with(Seeds.own(dialect.name(), "answer"), recordings, ".json");
    }

    /** How its streams go to a caller of the same protocol. */
    AnswerStream relay(
            StreamObserver observer, @Nullable String alias, boolean showUsage, int maxEventBytes, HeldBytes budget) {
        return switch (this) {
            case OPENAI, COMPLETIONS -> new Relay(observer, alias, showUsage, maxEventBytes, budget);
            default ->
                new EventRelay(
                        dialect.eventReader(),
                        observer,
                        alias,
                        dialect.framing().reader(maxEventBytes, budget),
                        null);
        };
    }
}
