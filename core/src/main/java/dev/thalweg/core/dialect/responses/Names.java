package dev.thalweg.core.dialect.responses;

import java.util.Set;

/** Names that several files of this protocol have to agree on. */
final class Names {
    /** The protocol's own. */
    static final String DIALECT = "responses";

    /** The {@code dialect} of a native part that stands inside a message instead of beside it. */
    static final String CONTENT = "responses.content";

    /**
     * The further field of an answer's message that has the items no other protocol has a word for, in a list and in their own
     * spelling: what tools that run at the provider were asked and gave back.
     */
    static final String OUTPUT_ITEMS = "output_items";

    /** Whether a message is the answer or comes before it: {@code commentary}, {@code final_answer}. */
    static final String PHASE = "phase";

    /** Which group a called tool is of. */
    static final String NAMESPACE = "namespace";

    /** What belongs to reasoning of other protocols, where its data is not a signature. */
    static final String REDACTED = "redacted.";

    static final String INCLUDE_REASONING = "reasoning.encrypted_content";
    static final String INCLUDE_LOGPROBS = "message.output_text.logprobs";

    /** Further fields of a request that chat completions and messages have and this protocol has not. */
    static final Set<String> OTHERS = Set.of(
            "audio",
            "cache_control",
            "container",
            "function_call",
            "functions",
            "include_reasoning",
            "logit_bias",
            "logprobs",
            "max_completion_tokens",
            "max_tokens",
            "mcp_servers",
            "modalities",
            "n",
            "prediction",
            "reasoning_effort",
            "reasoning_format",
            "response_format",
            "stop",
            "stop_sequences",
            "system",
            "thinking",
            "top_k",
            "web_search_options");

    private Names() {}
}
