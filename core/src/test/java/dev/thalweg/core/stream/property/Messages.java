package dev.thalweg.core.stream.property;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the message of a choice. */
final class Messages {
    private Messages() {}

    static ObjectNode message(Rng rng) {
        ObjectNode message = Trees.object("role", "assistant");
        String content = rng.chance(0.75) ? Texts.text(rng, rng.chance(0.1) ? 400 : 25) : "";
        switch (rng.below(10)) {
            case 0, 1 -> message.put("reasoning_content", Texts.text(rng, 20));
            case 2 -> thinking(rng, message);
            case 3 -> details(rng, message);
            default -> {}
        }
        if (rng.chance(0.08)) {
            message.put("refusal", Texts.text(rng, 10));
        }
        if (rng.chance(0.35)) {
            ArrayNode calls = message.putArray("tool_calls");
            for (int i = rng.pick(1, 1, 2, 2, 3, 4); i > 0; i--) {
                calls.add(call(rng));
            }
        } else if (rng.chance(0.06)) {
            message.set("function_call", function(rng));
        }
        if (rng.chance(0.12)) {
            annotations(rng, message);
        }
        if (rng.chance(0.07)) {
            audio(rng, message);
        }
        if (rng.chance(0.07)) {
            images(rng, message);
        }
        Extras.message(rng, message);
        boolean other = message.has("tool_calls")
                || message.has("function_call")
                || message.has("refusal")
                || message.has("audio")
                || message.has("images");
        message.set("content", content.isEmpty() && other ? Trees.nothing() : Trees.text(content));
        return message;
    }

    private static void thinking(Rng rng, ObjectNode message) {
        ArrayNode blocks = message.putArray("thinking_blocks");
        StringBuilder all = new StringBuilder();
        int count = rng.between(1, 4);
        boolean redactedNext = rng.chance(0.3);
        for (int i = 1; i <= count; i++) {
            boolean redacted = redactedNext;
            redactedNext = rng.chance(0.3);
            if (redacted) {
                blocks.add(Trees.object("type", "redacted_thinking").put("data", Texts.base64(rng, 60)));
                continue;
            }
            String text = rng.chance(0.1) ? "" : Texts.text(rng, 12);
            ObjectNode block = Trees.object("type", "thinking").put("thinking", text);
            // Only a signature says where one block of thinking ends and the next begins.
            boolean ends = i == count || redactedNext;
            if (!ends || text.isEmpty() || rng.chance(0.8)) {
                block.put("signature", Texts.base64(rng, 60));
            }
            blocks.add(block);
            all.append(text);
        }
        if (!all.isEmpty()) {
            message.put("reasoning_content", all.toString());
        }
    }

    private static void details(Rng rng, ObjectNode message) {
        ArrayNode details = message.putArray("reasoning_details");
        StringBuilder all = new StringBuilder();
        int count = rng.between(1, 3);
        for (int i = 0; i < count; i++) {
            if (rng.chance(0.3)) {
                details.add(Trees.object("type", "reasoning.encrypted")
                        .put("data", Texts.base64(rng, 60))
                        .put("id", Texts.word(rng, "rs_"))
                        .put("format", "openai-responses-v1")
                        .put("index", i));
                continue;
            }
            String text = Texts.text(rng, 12);
            String kind = rng.chance(0.25) ? "summary" : "text";
            ObjectNode detail = Trees.object("type", "reasoning." + kind)
                    .put(kind, text)
                    .put("format", "anthropic-claude-v1")
                    .put("index", i);
            if (rng.chance(0.6)) {
                detail.put("signature", Texts.base64(rng, 60));
            }
            details.add(detail);
            all.append(text);
        }
        if (!all.isEmpty()) {
            message.put("reasoning_content", all.toString());
        }
    }

    private static ObjectNode call(Rng rng) {
        ObjectNode call = Trees.object("id", rng.chance(0.04) ? "" : Texts.word(rng, "call_"));
        if (rng.chance(0.1)) {
            call.put("type", "custom");
            call.set("custom", Trees.object("name", "shell").put("input", Texts.text(rng, 15)));
        } else {
            call.put("type", "function");
            call.set("function", function(rng));
        }
        if (rng.chance(0.12)) {
            ObjectNode google = Trees.object("thought_signature", Texts.base64(rng, 40));
            call.set("extra_content", Trees.object("google", google));
        }
        return call;
    }

    private static ObjectNode function(Rng rng) {
        return Trees.object("name", rng.pick("get_weather", "search", "f", "名前"))
                .put("arguments", arguments(rng));
    }

    private static String arguments(Rng rng) {
        if (rng.chance(0.2)) {
            return "{}";
        }
        ObjectNode arguments = Trees.object("q", Texts.text(rng, 8));
        arguments.set("deep", Extras.tree(rng, 2));
        if (rng.chance(0.04)) {
            arguments.put("large", "x€".repeat(rng.between(500, 10_000)));
        }
        String text = rng.chance(0.2) ? arguments.toPrettyString() : arguments.toString();
        return rng.chance(0.05) ? text.substring(0, text.length() - 1) : text;
    }

    private static void annotations(Rng rng, ObjectNode message) {
        ArrayNode annotations = message.putArray("annotations");
        for (int i = rng.between(1, 3); i > 0; i--) {
            JsonNode citation = Trees.object("url", "https://example.org/" + i)
                    .put("title", Texts.text(rng, 3))
                    .put("start_index", rng.below(50))
                    .put("end_index", 50 + rng.below(50));
            annotations.add(Trees.object("type", "url_citation").set("url_citation", citation));
        }
    }

    private static void audio(Rng rng, ObjectNode message) {
        ObjectNode audio = message.putObject("audio").put("id", Texts.word(rng, "audio_"));
        audio.put("data", Texts.base64(rng, 400)).put("expires_at", 1_800_000_000L + rng.below(1000));
        if (rng.chance(0.9)) {
            audio.put("transcript", Texts.text(rng, 15));
        }
    }

    private static void images(Rng rng, ObjectNode message) {
        ArrayNode images = message.putArray("images");
        for (int i = rng.between(1, 2); i > 0; i--) {
            JsonNode url = Trees.object("url", "data:image/png;base64," + Texts.base64(rng, 100));
            images.add(Trees.object("type", "image_url").set("image_url", url));
        }
    }
}
