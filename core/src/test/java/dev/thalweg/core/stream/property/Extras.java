package dev.thalweg.core.stream.property;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Members no specification names: what providers add to an answer, a choice, a message. */
final class Extras {
    private Extras() {}

    static void top(Rng rng, ObjectNode answer) {
        if (rng.chance(0.15)) {
            answer.put("provider", rng.pick("Fireworks", "DeepInfra", "Ünïcode"));
        }
        if (rng.chance(0.15)) {
            perplexity(rng, answer);
        }
        if (rng.chance(0.1)) {
            answer.set("x_meta", Trees.object("some", tree(rng, 3)));
        }
        if (rng.chance(0.05)) {
            answer.put("is_cached", rng.chance(0.5)).put("latency", 0.25);
        }
    }

    static void perplexity(Rng rng, ObjectNode answer) {
        ArrayNode citations = answer.putArray("citations");
        ArrayNode results = answer.putArray("search_results");
        for (int i = rng.between(1, 4); i > 0; i--) {
            String url = "https://example.org/" + Texts.word(rng, "");
            citations.add(url);
            results.add(
                    Trees.object("title", Texts.text(rng, 4)).put("url", url).putNull("date"));
        }
    }

    static void choice(Rng rng, ObjectNode choice) {
        if (rng.chance(0.12)) {
            choice.put("native_finish_reason", rng.pick("end_turn", "STOP", "completed"));
        }
        if (rng.chance(0.1)) {
            choice.set("stop_reason", rng.chance(0.5) ? Trees.read("107") : Trees.text("</s>"));
        }
        if (rng.chance(0.1)) {
            choice.set("content_filter_results", filterResults(rng));
        }
        if (rng.chance(0.08)) {
            ArrayNode tokens = choice.putArray("token_ids");
            for (int i = rng.between(1, 20); i > 0; i--) {
                tokens.add(rng.below(200_000));
            }
        }
    }

    static ObjectNode filterResults(Rng rng) {
        ObjectNode results = Trees.object();
        for (String name : new String[] {"hate", "self_harm", "violence"}) {
            results.set(name, Trees.object().put("filtered", rng.chance(0.2)).put("severity", rng.pick("safe", "low")));
        }
        return results;
    }

    static void message(Rng rng, ObjectNode message) {
        if (rng.chance(0.1)) {
            ObjectNode fields = message.putObject("provider_specific_fields");
            for (int i = rng.between(1, 3); i > 0; i--) {
                fields.set("field_" + i, tree(rng, 2));
            }
        }
        if (rng.chance(0.08)) {
            ArrayNode tools = message.putArray("executed_tools");
            for (int i = rng.between(1, 3); i > 0; i--) {
                tools.add(Trees.object("kind", "search").set("input", tree(rng, 1)));
            }
        }
        if (rng.chance(0.05)) {
            message.put("channel", rng.pick("analysis", "final"));
        }
    }

    /** Any value that is not null. */
    static JsonNode tree(Rng rng, int depth) {
        return switch (rng.below(depth > 0 ? 7 : 4)) {
            case 0 -> Trees.text(Texts.text(rng, 5));
            case 1 ->
                Trees.read(rng.pick(
                        "0", "-1", "1.5e-7", "12345678901234567890", "0.30000000000000004", "0.123456789012345678901"));
            case 2 -> Trees.read(rng.pick("true", "false"));
            case 3 -> Trees.text("");
            case 4 -> {
                ArrayNode list = Trees.array();
                for (int i = rng.below(4); i > 0; i--) {
                    list.add(tree(rng, depth - 1));
                }
                yield list;
            }
            default -> {
                ObjectNode members = Trees.object();
                for (int i = rng.between(1, 4); i > 0; i--) {
                    members.set(rng.pick("a", "b", "type", "text", "名", "id") + i, tree(rng, depth - 1));
                }
                yield members;
            }
        };
    }
}
