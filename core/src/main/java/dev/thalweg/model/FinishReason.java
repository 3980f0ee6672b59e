package dev.thalweg.model;

/**
 * Why a choice ended: the kind that is the same for every provider, and the provider's own word.
 *
 * @param kind what it means
 * @param raw the provider's word, {@code tool_calls} for example
 */
public record FinishReason(Kind kind, String raw) {
    /** What a finish reason means. */
    public enum Kind {
        /** The model was done, or met a stop sequence. */
        STOP,
        /** The limit of output tokens or the context window was reached: the text is cut. */
        LENGTH,
        /** The model wants tools called. */
        TOOL_CALLS,
        /** The provider's filter ended it. */
        CONTENT_FILTER,
        /** The provider reports its own failure. */
        ERROR,
        /** A word this version does not know; see {@link FinishReason#raw()}. */
        OTHER
    }

    /** The reason a provider of any protocol means by this word. */
    public static FinishReason of(String raw) {
        Kind kind = switch (raw) {
            case "stop", "end_turn", "eos", "stop_sequence", "completed", "pause_turn" -> Kind.STOP;
            case "length", "max_tokens", "model_length", "max_output_tokens", "model_context_window_exceeded" ->
                Kind.LENGTH;
            case "tool_calls", "function_call", "tool_use" -> Kind.TOOL_CALLS;
            case "content_filter", "refusal" -> Kind.CONTENT_FILTER;
            case "content_filtered", "guardrail_intervened" -> Kind.CONTENT_FILTER;
            case "error", "failed" -> Kind.ERROR;
            // Gemini's, which says STOP of calls, too; MAX_TOKENS is Cohere's as well.
            case "STOP" -> Kind.STOP;
            case "MAX_TOKENS" -> Kind.LENGTH;
            case "SAFETY",
                    "RECITATION",
                    "LANGUAGE",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "MODEL_ARMOR",
                    "JAILBREAK",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION" -> Kind.CONTENT_FILTER;
            case "MALFORMED_FUNCTION_CALL",
                    "UNEXPECTED_TOOL_CALL",
                    "TOO_MANY_TOOL_CALLS",
                    "OTHER",
                    "IMAGE_OTHER",
                    "NO_IMAGE" -> Kind.ERROR;
            case "malformed_model_output", "malformed_tool_use" -> Kind.ERROR;
            // Cohere's.
            case "COMPLETE", "STOP_SEQUENCE" -> Kind.STOP;
            case "TOOL_CALL" -> Kind.TOOL_CALLS;
            case "ERROR", "TIMEOUT" -> Kind.ERROR;
            default -> Kind.OTHER;
        };
        return new FinishReason(kind, raw);
    }

    @Override
    public String toString() {
        return raw;
    }
}
