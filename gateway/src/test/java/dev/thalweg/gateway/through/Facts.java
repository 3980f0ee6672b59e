package dev.thalweg.gateway.through;

import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an answer says, by name, in values that can be compared: all but ids, names of models, times and raw bytes. */
final class Facts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Facts() {}

    static Map<String, Object> of(ChatResponse answer) {
        Map<String, Object> facts = new TreeMap<>();
        answer.usage().ifPresent(usage -> usage(usage, facts));
        facts.put("warnings", answer.warnings());
        fields("answer", answer.extra(), facts);
        for (ChatChoice choice : answer.choices()) {
            choice(choice.index() + " ", choice, facts);
        }
        return facts;
    }

    /** What is not the same in both, a line for each. */
    static List<String> difference(Map<String, Object> expected, Map<String, Object> actual) {
        Map<String, Object> all = new TreeMap<>(expected);
        all.putAll(actual);
        return all.keySet().stream()
                .filter(name -> !Objects.equals(expected.get(name), actual.get(name)))
                .map(name -> name + ": " + expected.get(name) + " became " + actual.get(name))
                .toList();
    }

    private static void choice(String at, ChatChoice choice, Map<String, Object> facts) {
        facts.put(at + "content", choice.content());
        facts.put(at + "reasoning", choice.reasoning());
        facts.put(
                at + "blocks",
                choice.reasoningBlocks().stream()
                        .map(block -> List.of(
                                block.text(),
                                block.signature().orElse("-"),
                                block.redacted().orElse("-")))
                        .toList());
        facts.put(at + "refusal", choice.refusal());
        List<Object> calls = new ArrayList<>();
        choice.toolCalls()
                .forEach(call -> calls.add(List.of(
                        call.type(),
                        call.id(),
                        call.name(),
                        read(call.arguments()),
                        tree(call.extra()).toString())));
        facts.put(at + "calls", calls);
        facts.put(at + "annotations", list(choice.annotations()));
        facts.put(at + "images", list(choice.images()));
        facts.put(at + "logprobs", choice.logprobs().map(json -> read(json.text())));
        facts.put(at + "finish kind", choice.finishReason().map(FinishReason::kind));
        fields(at + "choice", choice.extra(), facts);
        Object word = facts.remove(at + "choice.native_finish_reason");
        facts.put(
                at + "finish word",
                word == null ? choice.finishReason().map(FinishReason::raw).orElse("-") : ((JsonNode) word).asString());
        fields(at + "message", choice.messageExtra(), facts);
    }

    private static void usage(Usage usage, Map<String, Object> facts) {
        facts.put("input", usage.inputTokens());
        facts.put("output", usage.outputTokens());
        facts.put("total", usage.totalTokens());
        facts.put("cache read", usage.cacheReadTokens());
        facts.put("cache write", usage.cacheWriteTokens());
        facts.put("cache write 1h", usage.cacheWrite1hTokens());
        facts.put("reasoning tokens", usage.reasoningTokens());
        facts.put("input audio", usage.inputAudioTokens());
        facts.put("input image", usage.inputImageTokens());
        facts.put("output audio", usage.outputAudioTokens());
        facts.put("output image", usage.outputImageTokens());
        facts.put("web searches", usage.webSearches());
        facts.put("service tier", usage.serviceTier());
        facts.put("estimated", usage.estimated());
    }

    private static void fields(String of, Map<String, RawJson> fields, Map<String, Object> facts) {
        tree(fields).forEach((name, value) -> facts.put(of + "." + name, value));
        facts.remove(of + ".reasoning_details"); // what the blocks say
    }

    private static Map<String, JsonNode> tree(Map<String, RawJson> fields) {
        Map<String, JsonNode> tree = new TreeMap<>();
        fields.forEach((name, value) -> tree.put(name, read(value.text())));
        return tree;
    }

    private static List<JsonNode> list(List<RawJson> values) {
        return values.stream().map(value -> read(value.text())).toList();
    }

    private static JsonNode read(String json) {
        return JSON.readTree(json);
    }
}
