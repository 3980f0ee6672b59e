package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.ChatRequest;
import java.util.Map;
import java.util.Set;

/**
 * Which of the fields that one protocol has beside the vocabulary are understood in another: providers of OpenAI's refuse a
 * request for a field they do not know. What is not understood is left out, with a warning.
 */
final class KnownFields {
    private static final Set<String> OPENAI_BOTH = Set.of(
            "metadata", "service_tier", "store", "prompt_cache_key", "prompt_cache_retention", "safety_identifier");

    private static final Map<Front, Set<String>> BY_UPSTREAM =
            Map.of(Front.CHAT, OPENAI_BOTH, Front.RESPONSES, OPENAI_BOTH);

    private KnownFields() {}

    /** The request without what an upstream of this protocol would refuse. */
    static ChatRequest of(ChatRequest request, Front upstream, Warnings warnings) {
        Set<String> known = BY_UPSTREAM.get(upstream);
        if (known == null || request.extra().isEmpty()) {
            return request;
        }
        ChatRequest.Builder fitted = request.toBuilder();
        for (String name : request.extra().keySet()) {
            if (!known.contains(name)) {
                fitted.removeExtra(name);
                warnings.dropped(name, upstream.dialect().name());
            }
        }
        return fitted.build();
    }
}
