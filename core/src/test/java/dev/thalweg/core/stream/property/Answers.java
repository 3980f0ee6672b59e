package dev.thalweg.core.stream.property;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes whole answers, {@code chat.completion} documents, in the form {@code toJson()} is to have. */
final class Answers {
    private Answers() {}

    static ObjectNode answer(Rng rng) {
        ObjectNode answer = Trees.object();
        if (rng.chance(0.95)) {
            answer.put("id", Texts.word(rng, "chatcmpl-"));
        }
        answer.put("object", "chat.completion");
        if (rng.chance(0.95)) {
            answer.put("created", 1_700_000_000L + rng.below(100_000_000));
        }
        if (rng.chance(0.95)) {
            answer.put("model", rng.pick("gpt-5.1-2026-01", "openai/gpt-oss-120b", "claude \"4\"", "模型-1"));
        }
        ArrayNode choices = answer.putArray("choices");
        int count = rng.chance(0.7) ? 1 : rng.between(2, 4);
        for (int i = 0; i < count; i++) {
            choices.add(choice(rng, i));
        }
        if (rng.chance(0.8)) {
            answer.set("usage", usage(rng));
        }
        if (rng.chance(0.4)) {
            answer.put("system_fingerprint", Texts.word(rng, "fp_"));
        }
        if (rng.chance(0.3)) {
            answer.put("service_tier", rng.pick("default", "flex", "priority"));
        }
        Extras.top(rng, answer);
        return answer;
    }

    private static ObjectNode choice(Rng rng, int index) {
        ObjectNode choice = Trees.object().put("index", index);
        ObjectNode message = Messages.message(rng);
        choice.set("message", message);
        choice.put("finish_reason", finishReason(rng, message));
        if (rng.chance(0.2)) {
            choice.set("logprobs", logprobs(rng));
        } else if (rng.chance(0.5)) {
            choice.putNull("logprobs");
        }
        Extras.choice(rng, choice);
        return choice;
    }

    private static String finishReason(Rng rng, ObjectNode message) {
        if (rng.chance(0.2)) {
            return rng.pick("length", "content_filter", "insufficient_system_resource", "model_length", "STOP", "eos");
        }
        return message.has("tool_calls") ? "tool_calls" : message.has("function_call") ? "function_call" : "stop";
    }

    private static ObjectNode logprobs(Rng rng) {
        ObjectNode logprobs = Trees.object();
        boolean refusal = rng.chance(0.15);
        logprobs.set("content", refusal && rng.chance(0.5) ? Trees.nothing() : tokens(rng));
        logprobs.set("refusal", refusal ? tokens(rng) : Trees.nothing());
        return logprobs;
    }

    private static ArrayNode tokens(Rng rng) {
        ArrayNode tokens = Trees.array();
        int count = rng.between(1, 6);
        for (int i = 0; i < count; i++) {
            ObjectNode token = token(rng);
            ArrayNode top = token.putArray("top_logprobs");
            for (int j = rng.below(3); j > 0; j--) {
                top.add(token(rng));
            }
            tokens.add(token);
        }
        return tokens;
    }

    private static ObjectNode token(Rng rng) {
        ObjectNode token = Trees.object().put("token", Texts.text(rng, 1)).put("logprob", -rng.below(100_000) / 7919.0);
        ArrayNode bytes = Trees.array();
        for (int i = rng.below(4); i > 0; i--) {
            bytes.add(rng.below(256));
        }
        token.set("bytes", bytes.isEmpty() ? Trees.nothing() : bytes);
        return token;
    }

    private static ObjectNode usage(Rng rng) {
        int input = rng.below(5000);
        int output = rng.between(1, 3000);
        ObjectNode usage = Trees.object()
                .put("prompt_tokens", input)
                .put("completion_tokens", output)
                .put("total_tokens", input + output);
        if (rng.chance(0.5)) {
            usage.set("prompt_tokens_details", Trees.object().put("cached_tokens", rng.below(100)));
        }
        if (rng.chance(0.5)) {
            usage.set("completion_tokens_details", Trees.object().put("reasoning_tokens", rng.below(100)));
        }
        if (rng.chance(0.3)) {
            usage.put("cost", rng.below(1000) * 1e-7).put("is_byok", false);
            usage.set("cost_details", Trees.object().put("upstream_inference_cost", 1.25e-5));
        }
        if (rng.chance(0.2)) {
            usage.put("prompt_cache_hit_tokens", 3).put("queue_time", 0.012345678901);
        }
        return usage;
    }
}
