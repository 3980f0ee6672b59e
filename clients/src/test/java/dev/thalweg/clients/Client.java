package dev.thalweg.clients;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assumptions;

/** The clients under test. Each is set up once, when a test first asks for it. */
enum Client {
    NODE("openai for Node", () -> Setup.node("driver.mjs")),
    PYTHON("openai for Python", Setup::python),
    JAVA("openai-java", JavaDriver::new),
    ANTHROPIC_NODE("@anthropic-ai/sdk", () -> Setup.node("anthropic.mjs")),
    ANTHROPIC_JAVA("anthropic-java", AnthropicDriver::new),
    LANGCHAIN4J("langchain4j-open-ai", LangChain4jDriver::new),
    SPRING_AI("spring-ai-openai", SpringAiDriver::new),
    AI_CHAT("ai with @ai-sdk/openai, chat", () -> Setup.node("ai.mjs", "openai")),
    AI_RESPONSES("ai with @ai-sdk/openai, responses", () -> Setup.node("ai.mjs", "responses")),
    AI_COMPATIBLE("ai with @ai-sdk/openai-compatible", () -> Setup.node("ai.mjs", "openai-compatible")),
    AI_ANTHROPIC("ai with @ai-sdk/anthropic", () -> Setup.node("ai.mjs", "anthropic")),
    GENAI_NODE("@google/genai", () -> Setup.node("genai.mjs")),
    GENAI_JAVA("google-genai for Java", GenaiDriver::new),
    COHERE("cohere-ai", () -> Setup.node("cohere.mjs")),
    MISTRAL("@mistralai/mistralai", () -> Setup.node("mistral.mjs")),
    OLLAMA("ollama", () -> Setup.node("ollama.mjs"));

    private final String title;
    private final Callable<Driver> setup;
    private Driver driver;
    private Throwable problem;

    Client(String title, Callable<Driver> setup) {
        this.title = title;
        this.setup = setup;
    }

    /** Whether it speaks Anthropic's messages, and OpenAI's protocols else. */
    boolean anthropic() {
        return this == ANTHROPIC_NODE || this == ANTHROPIC_JAVA || this == AI_ANTHROPIC;
    }

    /** The provider that chat completions are scripted for; of a provider's own client, that provider. */
    Provider provider() {
        return switch (this) {
            case AI_RESPONSES -> Provider.CHAT;
            case GENAI_NODE, GENAI_JAVA -> Provider.GEMINI;
            case COHERE -> Provider.COHERE;
            case MISTRAL -> Provider.MISTRAL;
            case OLLAMA -> Provider.OLLAMA;
            default -> Provider.OPENAI;
        };
    }

    /** Whether its driver is asked and tells in the words of {@link Told}: a framework's, and most providers' own. */
    boolean plain() {
        return this == LANGCHAIN4J || this == SPRING_AI || ai() || own();
    }

    /** Whether it is the own client of a provider that is neither OpenAI nor Anthropic. */
    boolean own() {
        return switch (this) {
            case GENAI_NODE, GENAI_JAVA, COHERE, MISTRAL, OLLAMA -> true;
            default -> false;
        };
    }

    /** Whether it is one of Google's. */
    boolean genai() {
        return this == GENAI_NODE || this == GENAI_JAVA;
    }

    /** Whether it is the package "ai", with whichever provider. */
    boolean ai() {
        return this == AI_CHAT || this == AI_RESPONSES || this == AI_COMPATIBLE || this == AI_ANTHROPIC;
    }

    /** What its base URL ends in. */
    String path() {
        return this == ANTHROPIC_NODE || this == ANTHROPIC_JAVA || own() ? "" : "/v1";
    }

    /** The client, set up. Skips the test where this machine lacks what it needs; fails it when the set-up fails. */
    synchronized Driver driver() {
        if (driver == null && problem == null) {
            try {
                driver = setup.call();
            } catch (Exception | AssertionError e) {
                problem = e;
            }
        }
        if (problem instanceof Unavailable) {
            return Assumptions.abort(title + ": " + problem.getMessage());
        }
        if (problem != null) {
            throw new AssertionError(title + " could not be set up: " + problem.getMessage(), problem);
        }
        return driver;
    }

    /** Its name, with versions once it is known to run. */
    synchronized String title() {
        return driver == null ? title : title + " " + driver.version();
    }

    /** Why it was skipped, or null. */
    synchronized String missing() {
        return problem instanceof Unavailable ? problem.getMessage() : null;
    }
}
