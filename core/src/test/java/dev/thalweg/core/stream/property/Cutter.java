package dev.thalweg.core.stream.property;

import dev.thalweg.core.stream.property.Habits.UsageAt;
import dev.thalweg.core.stream.property.Habits.When;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cuts a whole answer into the chunks of a stream, as a provider of some style may. */
final class Cutter {
    private static final Set<String> NAMED = Set.of("object", "choices", "usage");
    private static final Set<String> HEAD = Set.of("id", "created", "model");

    private final Rng rng;
    private final Style style;
    private final Habits habits;
    private final ObjectNode answer;
    private final List<ObjectNode> chunks = new ArrayList<>();

    private Cutter(ObjectNode answer, Style style, Rng rng) {
        this.rng = rng;
        this.style = style;
        this.answer = answer;
        habits = new Habits(rng);
        style.set(habits, rng);
    }

    static Cut cut(ObjectNode whole, Style style, Rng rng) {
        ObjectNode answer = whole.deepCopy();
        style.adapt(answer, rng);
        return new Cutter(answer, style, rng).cut();
    }

    private Cut cut() {
        if (style == Style.WHOLE) {
            return new Cut(style, answer, List.of(Spelling.of(answer, rng)), habits);
        }
        group(woven());
        if (habits.usage == UsageAt.OWN_CHUNK && answer.has("usage")) {
            chunks.add(Trees.object("choices", Trees.array()));
        }
        noise();
        usage();
        heads();
        extras();
        prelude();
        boolean nullError = rng.chance(0.05);
        List<ObjectNode> finished = new ArrayList<>();
        for (ObjectNode chunk : chunks) {
            if (!chunk.has("object")) {
                chunk.put("object", rng.chance(0.97) ? "chat.completion.chunk" : "chat.completion");
            }
            if (!habits.padding.isEmpty()) {
                chunk.put(habits.padding, "abcdefgh".substring(rng.below(8)));
            }
            if (nullError) {
                chunk.putNull("error");
            }
            finished.add(
                    habits.shuffled ? (ObjectNode) Trees.shuffled(chunk, new Random(rng.number())) : chunk.deepCopy());
        }
        return new Cut(style, answer, finished, habits);
    }

    private List<ObjectNode> woven() {
        List<List<ObjectNode>> lanes = new ArrayList<>();
        for (JsonNode choice : answer.get("choices")) {
            lanes.add(new ChoiceCutter(rng, habits).cut(choice));
        }
        return Lanes.weave(rng, lanes, rng.chance(0.7));
    }

    /** Neighbours of different choices share a chunk now and then. */
    private void group(List<ObjectNode> steps) {
        Set<JsonNode> indexes = new HashSet<>();
        ArrayNode choices = Trees.array();
        for (ObjectNode step : steps) {
            boolean share = !choices.isEmpty() && rng.chance(habits.together) && !indexes.contains(step.path("index"));
            if (!share) {
                indexes.clear();
                choices = Trees.array();
                chunks.add(Trees.object("choices", choices));
            }
            indexes.add(step.path("index"));
            choices.add(step);
        }
    }

    /** Chunks without choices in between. */
    private void noise() {
        for (int i = chunks.size(); i >= 0; i--) {
            if (rng.chance(habits.noise / 2)) {
                ObjectNode chunk = Trees.object();
                switch (rng.below(3)) {
                    case 0 -> chunk.set("choices", Trees.array());
                    case 1 -> chunk.putNull("choices");
                    default -> {}
                }
                chunks.add(i, chunk);
            }
        }
    }

    private void usage() {
        JsonNode usage = answer.path("usage");
        if (!usage.isObject()) {
            return;
        }
        int last = lastWithChoices();
        int at = habits.usage == UsageAt.OWN_CHUNK || habits.usage == UsageAt.EVERY ? chunks.size() - 1 : last;
        for (int i = 0; i < at; i++) {
            if (habits.usage == UsageAt.EVERY) {
                ObjectNode soFar = Trees.object("prompt_tokens", usage.get("prompt_tokens"));
                soFar.put(
                        "completion_tokens",
                        Math.min(i, usage.get("completion_tokens").asInt()));
                chunks.get(i).set("usage", soFar.put("total_tokens", 0));
            } else if (habits.nullUsage) {
                chunks.get(i).putNull("usage");
            }
        }
        switch (habits.usage) {
            case X_GROQ -> {
                ObjectNode groq = (ObjectNode) answer.get("x_groq").deepCopy();
                chunks.get(at).set("x_groq", groq.set("usage", usage));
            }
            case CHOICE -> ((ObjectNode) chunks.get(at).get("choices").get(0)).set("usage", usage);
            default -> chunks.get(at).set("usage", usage);
        }
    }

    private int lastWithChoices() {
        int i = chunks.size() - 1;
        while (chunks.get(i).path("choices").isEmpty()) {
            i--;
        }
        return i;
    }

    private void heads() {
        int at = habits.head == When.LATE ? rng.below(chunks.size()) : 0;
        for (int i = 0; i < chunks.size(); i++) {
            ObjectNode chunk = chunks.get(i);
            for (String name : HEAD) {
                if (answer.has(name) && (i == at || habits.head == When.EVERY || habits.head == When.NEVER)) {
                    chunk.set(name, answer.get(name));
                } else if (name.equals("created") ? habits.head == When.NEVER : rng.chance(0.1)) {
                    chunk.set(name, name.equals("created") ? Trees.read("0") : Trees.text(""));
                }
            }
        }
    }

    private void extras() {
        answer.properties().stream()
                .filter(member -> !NAMED.contains(member.getKey()) && !HEAD.contains(member.getKey()))
                .filter(member -> !(habits.prelude && member.getKey().equals("prompt_filter_results")))
                .forEach(member -> extra(member.getKey(), member.getValue()));
    }

    private void extra(String name, JsonNode value) {
        When when = rng.chance(0.8) ? habits.extras : rng.pick(When.FIRST, When.LATE, When.EVERY);
        boolean growing = value.isArray() && rng.chance(0.4);
        int last = chunks.size() - 1;
        for (int i = 0; i <= last; i++) {
            ObjectNode chunk = chunks.get(i);
            boolean now = when == When.EVERY || i == (when == When.FIRST ? 0 : last);
            if (chunk.has(name)) {
                continue;
            }
            if (now) {
                boolean part = growing && i < last && when == When.EVERY;
                chunk.set(name, part ? Trees.slice(value, 0, value.size() * i / last) : value);
            } else if (habits.nullExtras) {
                chunk.putNull(name);
            }
        }
    }

    /** What Azure sends before the answer: an empty id, model and even object. */
    private void prelude() {
        if (habits.prelude) {
            ObjectNode chunk = Trees.object("choices", Trees.array());
            chunk.put("created", 0).put("id", "").put("model", "").put("object", "");
            chunks.add(0, chunk.set("prompt_filter_results", answer.get("prompt_filter_results")));
        }
    }
}
