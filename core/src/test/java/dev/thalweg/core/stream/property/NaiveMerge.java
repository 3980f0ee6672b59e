package dev.thalweg.core.stream.property;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The plainest way to add chunks up, on trees: what the assembler is measured against. */
final class NaiveMerge {
    private static final Set<String> OF_CHUNKS_ONLY = Set.of("object", "choices", "usage", "error", "obfuscation", "p");

    private final ObjectNode top = Trees.object();
    private final Map<Integer, Choice> choices = new TreeMap<>();

    private static final class Choice {
        final ObjectNode members = Trees.object();
        final ObjectNode message = Trees.object();
        final Map<Integer, ObjectNode> calls = new TreeMap<>();
        final Map<Integer, ObjectNode> details = new TreeMap<>();
        final StringBuilder content = new StringBuilder();
    }

    static ObjectNode merge(Collection<ObjectNode> chunks) {
        NaiveMerge merge = new NaiveMerge();
        chunks.forEach(merge::chunk);
        return merge.answer();
    }

    private void chunk(ObjectNode chunk) {
        for (Map.Entry<String, JsonNode> member : chunk.properties()) {
            JsonNode value = member.getValue();
            if (OF_CHUNKS_ONLY.contains(member.getKey()) || value.isNull()) {
                continue;
            }
            boolean unsaid = Set.of("id", "model", "created").contains(member.getKey())
                    && (value.asString().isEmpty() || value.asString().equals("0"));
            if (!unsaid) {
                top.set(member.getKey(), value.deepCopy());
            }
        }
        usage(chunk.path("x_groq"));
        if (top.get("x_groq") instanceof ObjectNode groq) {
            groq.remove("usage");
            top.remove(groq.isEmpty() ? "x_groq" : "");
        }
        for (JsonNode choice : chunk.path("choices")) {
            usage(choice);
            choice((ObjectNode) choice);
        }
        usage(chunk);
    }

    private void usage(JsonNode holder) {
        if (holder.path("usage").isObject()) {
            top.set("usage", holder.get("usage").deepCopy());
        }
    }

    private void choice(ObjectNode step) {
        Choice choice = choices.computeIfAbsent(step.path("index").asInt(0), i -> new Choice());
        for (Map.Entry<String, JsonNode> member : step.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (value.isNull() || Set.of("index", "message", "usage").contains(name)) {
                continue;
            }
            switch (name) {
                case "delta" -> value.properties().forEach(part -> part(choice, value, part));
                case "logprobs" -> value.properties().forEach(list -> append(child(choice.members, name), list));
                case "token_ids" -> append(choice.members, member);
                default -> choice.members.set(name, value.deepCopy());
            }
        }
    }

    private static void part(Choice choice, JsonNode delta, Map.Entry<String, JsonNode> part) {
        JsonNode value = part.getValue();
        if (value.isNull()) {
            return;
        }
        switch (part.getKey()) {
            case "role" -> {}
            case "content" -> content(choice, value);
            case "reasoning" -> add(choice.message, "reasoning_content", value);
            case "reasoning_content" -> {
                if (!delta.path("reasoning").isString()) {
                    add(choice.message, "reasoning_content", value);
                }
            }
            case "refusal" -> add(choice.message, "refusal", value);
            case "tool_calls" -> calls(choice, value);
            case "function_call" ->
                value.properties()
                        .forEach(member ->
                                add(child(choice.message, "function_call"), member.getKey(), member.getValue()));
            case "thinking_blocks" -> value.forEach(block -> block(choice, block));
            case "reasoning_details" -> value.forEach(detail -> detail(choice, detail));
            case "audio" -> audio(child(choice.message, "audio"), value);
            default -> {
                if (value.isArray()) {
                    append(choice.message, part);
                } else if (value.isString()) {
                    choice.message.set(part.getKey(), value);
                } else {
                    child(choice.message, part.getKey()).setAll((ObjectNode) value.deepCopy());
                }
            }
        }
    }

    private static void content(Choice choice, JsonNode value) {
        choice.content.append(value.asString(""));
        for (JsonNode part : value) {
            choice.content.append(part.path("text").asString(""));
            for (JsonNode thought : part.path("thinking")) {
                add(choice.message, "reasoning_content", thought.path("text"));
            }
        }
    }

    private static void calls(Choice choice, JsonNode calls) {
        for (JsonNode call : calls) {
            boolean begins = !call.path("function").path("name").asString("").isEmpty()
                    || !call.path("custom").path("name").asString("").isEmpty();
            int index;
            if (!call.has("index")) {
                index = begins ? choice.calls.size() : choice.calls.size() - 1;
            } else {
                index = call.get("index").asInt();
                String before = choice.calls.containsKey(index)
                        ? choice.calls.get(index).path("id").asString("")
                        : "";
                String now = call.path("id").asString("");
                if (!before.isEmpty() && !now.isEmpty() && !before.equals(now)) {
                    index = choice.calls.size();
                }
            }
            ObjectNode merged = choice.calls.computeIfAbsent(index, i -> Trees.object());
            call.properties().forEach(member -> callMember(merged, member));
        }
    }

    private static void callMember(ObjectNode merged, Map.Entry<String, JsonNode> member) {
        JsonNode value = member.getValue();
        if (member.getKey().equals("index")
                || value.isNull()
                || value.asString("x").isEmpty()) {
            return;
        }
        if (member.getKey().equals("extra_content") || value.isString()) {
            merged.set(member.getKey(), value.deepCopy());
            return;
        }
        ObjectNode inner = child(merged, member.getKey());
        value.properties().forEach(part -> {
            if (part.getKey().equals("name")) {
                if (!part.getValue().asString("").isEmpty()) {
                    inner.set("name", part.getValue());
                }
            } else {
                add(inner, part.getKey(), part.getValue());
            }
        });
    }

    private static void block(Choice choice, JsonNode block) {
        ArrayNode blocks = list(choice.message, "thinking_blocks");
        JsonNode last = blocks.path(blocks.size() - 1);
        ObjectNode open;
        boolean goesOn = block.has("thinking") && last.has("thinking") && !last.has("signature");
        if (goesOn) {
            open = (ObjectNode) last;
        } else {
            open = Trees.object("type", block.get("type"));
            blocks.add(open);
        }
        if (block.has("thinking")) {
            open.put(
                    "thinking",
                    open.path("thinking").asString("") + block.get("thinking").stringValue());
        }
        for (String name : new String[] {"signature", "data"}) {
            if (!block.path(name).asString("").isEmpty()) {
                open.set(name, block.get(name));
            }
        }
    }

    private static void detail(Choice choice, JsonNode detail) {
        ObjectNode merged = choice.details.computeIfAbsent(detail.path("index").asInt(), i -> Trees.object());
        detail.properties().forEach(member -> {
            if (Set.of("text", "summary").contains(member.getKey())) {
                add(merged, member.getKey(), member.getValue());
            } else {
                merged.set(member.getKey(), member.getValue());
            }
        });
    }

    private static void audio(ObjectNode audio, JsonNode piece) {
        piece.properties().forEach(member -> {
            if (Set.of("data", "transcript").contains(member.getKey())) {
                add(audio, member.getKey(), member.getValue());
            } else {
                audio.set(member.getKey(), member.getValue());
            }
        });
    }

    private ObjectNode answer() {
        top.put("object", "chat.completion");
        ArrayNode list = top.putArray("choices");
        choices.forEach((index, choice) -> list.add(finished(index, choice)));
        return top;
    }

    private static ObjectNode finished(int index, Choice choice) {
        ObjectNode message = choice.message.put("role", "assistant");
        if (!choice.calls.isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            choice.calls.values().forEach(call -> calls.add(finishedCall(call)));
        }
        if (message.get("function_call") instanceof ObjectNode call
                && call.path("arguments").asString("").isEmpty()) {
            call.put("arguments", "{}");
        }
        choice.details
                .values()
                .forEach(detail -> list(message, "reasoning_details").add(detail));
        for (String name : new String[] {"reasoning_content", "refusal"}) {
            if (message.path(name).asString("").isEmpty()) {
                message.remove(name);
            }
        }
        boolean other = Set.of("tool_calls", "function_call", "refusal", "audio", "images").stream()
                .anyMatch(message::has);
        if (!choice.content.isEmpty() || !other) {
            message.put("content", choice.content.toString());
        }
        if (!choice.members.has("finish_reason")) {
            choice.members.put("finish_reason", "stop");
        }
        return choice.members.put("index", index).set("message", message);
    }

    private static ObjectNode finishedCall(ObjectNode call) {
        call.put("id", call.path("id").asString(""));
        call.put("type", call.has("custom") ? "custom" : "function");
        if (call.get("function") instanceof ObjectNode function
                && function.path("arguments").asString("").isEmpty()) {
            function.put("arguments", "{}");
        }
        if (call.get("custom") instanceof ObjectNode custom && !custom.has("input")) {
            custom.put("input", "");
        }
        return call;
    }

    private static void add(ObjectNode holder, String name, JsonNode text) {
        if (text.isString()) {
            holder.put(name, holder.path(name).asString("") + text.stringValue());
        }
    }

    private static void append(ObjectNode holder, Map.Entry<String, JsonNode> list) {
        if (list.getValue() instanceof ArrayNode elements && !elements.isEmpty()) {
            list(holder, list.getKey()).addAll((ArrayNode) elements.deepCopy());
        }
    }

    private static ObjectNode child(ObjectNode holder, String name) {
        return holder.get(name) instanceof ObjectNode child ? child : holder.putObject(name);
    }

    private static ArrayNode list(ObjectNode holder, String name) {
        return holder.get(name) instanceof ArrayNode list ? list : holder.putArray(name);
    }
}
