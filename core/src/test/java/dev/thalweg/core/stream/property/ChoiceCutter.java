package dev.thalweg.core.stream.property;

import dev.thalweg.core.stream.property.Habits.Finish;
import dev.thalweg.core.stream.property.Habits.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cuts a choice of an answer into the choices of chunks, in order. */
final class ChoiceCutter {
    private static final Set<String> KNOWN = Set.of(
            "role",
            "content",
            "reasoning_content",
            "thinking_blocks",
            "reasoning_details",
            "refusal",
            "tool_calls",
            "function_call",
            "annotations",
            "audio",
            "images");
    private static final List<String> NULLS = List.of(
            "content",
            "reasoning_content",
            "tool_calls",
            "refusal",
            "function_call",
            "annotations",
            "audio",
            "provider_specific_fields");
    private static final List<String> LISTS =
            List.of("tool_calls", "annotations", "images", "thinking_blocks", "reasoning_details", "executed_tools");

    private final Rng rng;
    private final Habits habits;
    private final PartCutter parts;

    ChoiceCutter(Rng rng, Habits habits) {
        this.rng = rng;
        this.habits = habits;
        parts = new PartCutter(rng, habits);
    }

    List<ObjectNode> cut(JsonNode choice) {
        JsonNode message = choice.get("message");
        List<ObjectNode> steps = new ArrayList<>(joined(Lanes.weave(rng, lanes(choice), habits.mixed)));
        noise(steps);
        roles(steps);
        finish(steps, choice.get("finish_reason").stringValue());
        extras(steps, choice);
        if (choice.has("token_ids")) {
            tokens(steps, choice.get("token_ids"));
        }
        StringBuilder soFar = new StringBuilder();
        for (ObjectNode step : steps) {
            beside(step);
            if (habits.wholeSoFar && step.get("delta") instanceof ObjectNode delta) {
                soFar.append(delta.path("content").asString(""));
                step.set("message", Trees.object("role", message.get("role")).put("content", soFar.toString()));
            }
            if (habits.choiceIndex) {
                step.set("index", choice.get("index"));
            }
        }
        return steps;
    }

    private List<List<ObjectNode>> lanes(JsonNode choice) {
        JsonNode message = choice.get("message");
        JsonNode logprobs = choice.path("logprobs");
        List<List<ObjectNode>> lanes = new ArrayList<>();
        lanes.add(new ReasoningCutter(rng, habits).cut(message));
        lanes.add(parts.text("content", message.path("content").asString(""), logprobs));
        lanes.add(parts.text("refusal", message.path("refusal").asString(""), logprobs));
        if (message.has("tool_calls")) {
            lanes.add(new CallCutter(rng, habits).cut(message.get("tool_calls")));
        }
        if (message.has("function_call")) {
            lanes.add(parts.functionCall(message.get("function_call")));
        }
        if (message.has("audio")) {
            lanes.add(parts.audio(message.get("audio")));
        }
        for (String name : new String[] {"annotations", "images"}) {
            if (message.has(name)) {
                lanes.add(parts.list(name, message.get(name)));
            }
        }
        message.properties().stream()
                .filter(member -> !KNOWN.contains(member.getKey()))
                .forEach(member -> lanes.add(parts.extra(member.getKey(), member.getValue())));
        return lanes;
    }

    /** Neighbours that have no member in common become one delta now and then. */
    private List<ObjectNode> joined(List<ObjectNode> steps) {
        List<ObjectNode> joined = new ArrayList<>();
        for (ObjectNode step : steps) {
            if (!joined.isEmpty() && habits.mixed && rng.chance(0.2)) {
                ObjectNode last = joined.get(joined.size() - 1);
                boolean logprobs = last.has("logprobs") && step.has("logprobs");
                ObjectNode delta = (ObjectNode) last.get("delta");
                if (!logprobs && step.get("delta").propertyNames().stream().noneMatch(delta::has)) {
                    delta.setAll((ObjectNode) step.get("delta"));
                    if (step.has("logprobs")) {
                        last.set("logprobs", step.get("logprobs"));
                    }
                    continue;
                }
            }
            joined.add(step);
        }
        return joined;
    }

    private void noise(List<ObjectNode> steps) {
        for (int i = steps.size(); i >= 0; i--) {
            if (rng.chance(habits.noise)) {
                steps.add(
                        i,
                        switch (rng.below(4)) {
                            case 0 -> Trees.object("delta", Trees.nothing());
                            case 1 -> PartCutter.delta("content", Trees.text(""));
                            case 2 -> Trees.object();
                            default -> Trees.object("delta", Trees.object());
                        });
            }
        }
    }

    private void roles(List<ObjectNode> steps) {
        boolean mute = steps.stream().noneMatch(step -> step.get("delta") instanceof ObjectNode);
        if (mute || (habits.role == When.FIRST && rng.chance(0.6))) {
            ObjectNode first = Trees.object("delta", Trees.object());
            steps.add(0, first);
        }
        for (int i = 0; i < steps.size(); i++) {
            boolean now = habits.role == When.EVERY || (habits.role == When.FIRST && i == 0);
            if (now && steps.get(i).get("delta") instanceof ObjectNode delta) {
                delta.put("role", "assistant");
            }
        }
    }

    private void finish(List<ObjectNode> steps, String reason) {
        if (habits.finish == Finish.NEVER) {
            return;
        }
        if (habits.finish == Finish.OWN) {
            steps.add(Trees.object("delta", Trees.object()));
        }
        steps.get(steps.size() - 1).put("finish_reason", reason);
        if (habits.finish == Finish.TWICE) {
            ObjectNode again = PartCutter.delta("content", Trees.text(""));
            ((ObjectNode) again.get("delta")).put("role", "assistant");
            steps.add(again.put("finish_reason", reason));
        }
    }

    private void extras(List<ObjectNode> steps, JsonNode choice) {
        for (String name : new String[] {"native_finish_reason", "stop_reason", "content_filter_results"}) {
            if (!choice.has(name)) {
                continue;
            }
            int last = steps.size() - 1;
            for (int i = 0; i <= last; i++) {
                boolean now = habits.extras == When.EVERY
                        || (habits.extras == When.FIRST && i == 0)
                        || (habits.extras == When.LATE && i == last);
                if (now) {
                    steps.get(i).set(name, choice.get(name));
                } else if (habits.nullExtras) {
                    steps.get(i).putNull(name);
                }
            }
        }
    }

    /** The tokens of the text, some with each step. */
    private void tokens(List<ObjectNode> steps, JsonNode tokens) {
        int from = 0;
        for (int i = 0; i < steps.size(); i++) {
            int to = i + 1 == steps.size() ? tokens.size() : rng.between(from, tokens.size());
            if (to > from || rng.chance(0.3)) {
                steps.get(i).set("token_ids", Trees.slice(tokens, from, to));
            }
            from = to;
        }
    }

    private void beside(ObjectNode step) {
        if (step.get("delta") instanceof ObjectNode delta) {
            if (habits.emptyContentBeside && !delta.has("content") && rng.chance(0.8)) {
                delta.put("content", "");
            }
            for (String name : NULLS) {
                if (habits.nullsBeside && !delta.has(name) && rng.chance(0.5)) {
                    delta.putNull(name);
                }
            }
            for (String name : LISTS) {
                if (habits.emptyListsBeside && !delta.has(name) && rng.chance(0.3)) {
                    delta.putArray(name);
                }
            }
        }
        if (habits.nullFinish && !step.has("finish_reason")) {
            step.putNull("finish_reason");
        }
        if (!step.has("logprobs") && rng.chance(0.3)) {
            step.putNull("logprobs");
        }
    }
}
