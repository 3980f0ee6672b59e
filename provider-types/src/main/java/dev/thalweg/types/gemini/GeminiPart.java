package dev.thalweg.types.gemini;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.CamelCaseRecord;
import dev.thalweg.types.Extra;
import org.jspecify.annotations.Nullable;

/**
 * A part of the content: has one of text, call, code, result or data.
 *
 * @param thought whether the text is reasoning
 * @param thoughtSignature to be sent back with the part as it came
 */
public record GeminiPart(
        @Nullable String text,
        @Nullable Boolean thought,
        @Nullable String thoughtSignature,
        @Nullable FunctionCall functionCall,
        @Nullable RawJson functionResponse,
        @Nullable ExecutableCode executableCode,
        @Nullable CodeExecutionResult codeExecutionResult,
        @Nullable Blob inlineData,
        @Nullable FileData fileData,
        Extra extra)
        implements CamelCaseRecord {
    /**
     * A function to call, whole.
     *
     * @param args an object
     */
    public record FunctionCall(
            @Nullable String id, String name, @Nullable RawJson args, Extra extra) implements CamelCaseRecord {}

    /** Code that Gemini runs. */
    public record ExecutableCode(
            @Nullable String id, @Nullable String language, String code, Extra extra) implements CamelCaseRecord {}

    /**
     * What the code gave.
     *
     * @param outcome {@code OUTCOME_OK} or what failed
     */
    public record CodeExecutionResult(
            @Nullable String id, String outcome, @Nullable String output, Extra extra) implements CamelCaseRecord {}

    /**
     * An image or a sound.
     *
     * @param data in base64
     */
    public record Blob(@Nullable String mimeType, String data, Extra extra) implements CamelCaseRecord {}

    /** A file elsewhere. */
    public record FileData(@Nullable String mimeType, String fileUri, Extra extra) implements CamelCaseRecord {}
}
