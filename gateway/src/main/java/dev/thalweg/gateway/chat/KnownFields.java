package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.OldFunctions;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Which of the fields that one protocol has beside the vocabulary are understood in another: providers of OpenAI's refuse a
 * request for a field they do not know. What is not understood is left out, with a warning. Requests to Ollama are not here:
 * their writer knows every field that Ollama has and leaves out the rest itself, with a warning, too.
 */
final class KnownFields {
    private static final Set<String> OPENAI_BOTH = Set.of(
            "metadata", "service_tier", "store", "prompt_cache_key", "prompt_cache_retention", "safety_identifier");

    /** What callers of LiteLLM's send to Anthropic in OpenAI's protocol, too. */
    private static final Set<String> ANTHROPICS =
            Set.of("thinking", "output_config", "cache_control", "container", "context_management", "mcp_servers");

    private static final Set<String> COHERES =
            Set.of("documents", "citation_options", "safety_mode", "strict_tools", "priority");

    private static final Set<String> COMPLETIONS = Set.of("best_of", "echo", "logit_bias", "suffix");

    /** What callers of LiteLLM's send to Gemini in OpenAI's protocol, too, in either of Google's spellings. */
    private static final Set<String> GEMINIS = Set.of(
            "safetySettings",
            "safety_settings",
            "cachedContent",
            "cached_content",
            "generationConfig",
            "generation_config",
            "toolConfig",
            "tool_config",
            "labels",
            "modalities",
            "web_search_options");

    /** What callers of LiteLLM's send to Bedrock in OpenAI's protocol, too. */
    private static final Set<String> BEDROCKS = Set.of(
            "guardrailConfig",
            "promptVariables",
            "additionalModelRequestFields",
            "additionalModelResponseFieldPaths",
            "requestMetadata",
            "performanceConfig",
            "serviceTier",
            "outputConfig");

    private static final Map<Front, Set<String>> BY_UPSTREAM = Map.ofEntries(
            Map.entry(Front.CHAT, OPENAI_BOTH),
            Map.entry(Front.COMPLETIONS, COMPLETIONS),
            Map.entry(Front.RESPONSES, OPENAI_BOTH),
            Map.entry(Front.MESSAGES, ANTHROPICS),
            Map.entry(Front.GEMINI, GEMINIS),
            Map.entry(Front.CONVERSE, BEDROCKS),
            Map.entry(Front.COHERE, COHERES));

    /** The longest name of a user that providers of OpenAI's protocol take. */
    private static final int LONGEST_USER = 64;

    private KnownFields() {}

    /** The request without what an upstream of this protocol would refuse. */
    static ChatRequest of(ChatRequest request, Front upstream, Warnings warnings) {
        ChatRequest fitted = named(request, upstream);
        Set<String> known = BY_UPSTREAM.get(upstream);
        if (known == null || request.extra().isEmpty()) {
            return fitted;
        }
        ChatRequest.Builder without = fitted.toBuilder();
        for (String name : request.extra().keySet()) {
            if (!known.contains(name)) {
                without.removeExtra(name);
                if (!OldFunctions.areSaidByTools(request, name)) {
                    warnings.dropped(name, upstream.dialect().name());
                }
            }
        }
        return without.build();
    }

    /** Anthropic's callers name their users at length. The digest of a name tells users apart as well. */
    private static ChatRequest named(ChatRequest request, Front upstream) {
        String user = request.endUser().orElse("");
        if (upstream == Front.MESSAGES || user.length() <= LONGEST_USER) {
            return request;
        }
        return request.toBuilder().endUser(digest(user)).build();
    }

    private static String digest(String user) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
