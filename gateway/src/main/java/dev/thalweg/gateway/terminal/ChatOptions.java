package dev.thalweg.gateway.terminal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for; null where it says nothing. Immutable.
 *
 * @param prompt the one question to answer
 * @param model the model to ask
 * @param baseUrl the server to ask
 * @param keyVariable the environment variable that holds the key
 * @param system how the model should behave
 * @param temperature how freely the model chooses words
 * @param maxTokens the limit of an answer, in tokens
 * @param colour whether colours are wanted
 * @param history where typed lines are kept
 */
public record ChatOptions(
        @Nullable String prompt,
        @Nullable String model,
        @Nullable String baseUrl,
        @Nullable String keyVariable,
        @Nullable String system,
        @Nullable Double temperature,
        @Nullable Integer maxTokens,
        boolean colour,
        @Nullable Path history) {}
