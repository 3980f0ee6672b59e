package dev.thalweg.core.dialect.openai;

import dev.thalweg.model.FinishReason;

/** Why a choice ended, in the words of chat completions; the provider's own goes beside it where it is another. */
final class FinishWord {
    /** The member that has the provider's own word, as OpenRouter calls it. */
    static final String NATIVE = "native_finish_reason";

    private FinishWord() {}

    /**
     * The word.
     *
     * @param called whether the choice has calls of tools: then it ended for them
     * @param functions whether the caller asked in the form before tools
     */
    static String of(FinishReason reason, boolean called, boolean functions) {
        String forCalls = functions ? "function_call" : "tool_calls";
        return switch (reason.kind()) {
            case STOP -> called ? forCalls : "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> forCalls;
            case CONTENT_FILTER -> "content_filter";
            case ERROR -> "error";
            case OTHER -> reason.raw();
        };
    }
}
