package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.OldFunctions;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The further fields of a request that go to the provider: all but those that only OpenAI has, because this provider refuses
 * fields it does not know.
 */
final class ExtraFields {
    private static final Set<String> OPENAIS = Set.of(
            "audio",
            "frequency_penalty",
            "function_call",
            "functions",
            "include",
            "logit_bias",
            "logprobs",
            "max_completion_tokens",
            "max_output_tokens",
            "max_tool_calls",
            "min_p",
            "modalities",
            "n",
            "parallel_tool_calls",
            "prediction",
            "presence_penalty",
            "previous_response_id",
            "prompt_cache_key",
            "prompt_cache_retention",
            "reasoning",
            "reasoning_effort",
            "repetition_penalty",
            "response_format",
            "safety_identifier",
            "seed",
            "stop",
            "store",
            "stream_options",
            "text",
            "top_a",
            "top_logprobs",
            "truncation",
            "user",
            "verbosity",
            "web_search_options");

    private static final Set<String> SERVICE_TIERS = Set.of("\"auto\"", "\"standard_only\"");

    private final Warnings warnings;

    ExtraFields(Warnings warnings) {
        this.warnings = warnings;
    }

    /** Those that go. */
    Map<String, RawJson> of(ChatRequest request) {
        Map<String, RawJson> sent = new LinkedHashMap<>(0);
        request.extra().forEach((name, value) -> {
            if (isForThisProvider(name, value)) {
                sent.put(name, value);
            } else if (!value.text().equals("null") && !OldFunctions.areSaidByTools(request, name)) {
                warnings.dropped(name, AnthropicDialect.NAME);
            }
        });
        return sent;
    }

    /** Two fields have the same name here and at OpenAI, and other values. */
    private static boolean isForThisProvider(String name, RawJson value) {
        return switch (name) {
            case "service_tier" -> SERVICE_TIERS.contains(value.text().strip());
            case "metadata" -> hasOnlyAUser(value);
            default -> !OPENAIS.contains(name);
        };
    }

    private static boolean hasOnlyAUser(RawJson metadata) {
        byte[] bytes = Bytes.utf8(metadata.text());
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false).reset(bytes, 0, bytes.length);
        try {
            if (cursor.peek() != '{') {
                return false;
            }
            boolean only = true;
            cursor.enterObject();
            while (cursor.nextMember()) {
                only &= cursor.keyIs("user_id");
                cursor.skip();
            }
            return only;
        } catch (JsonSyntaxException e) {
            return false;
        }
    }
}
