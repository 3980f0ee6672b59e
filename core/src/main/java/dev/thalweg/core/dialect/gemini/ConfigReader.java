package dev.thalweg.core.dialect.gemini;

import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ResponseFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a caller's {@code generationConfig}. What has no word in the vocabulary stays in an object of that name. */
final class ConfigReader {
    private static final String NAME = "generationConfig";
    private static final Set<String> SCHEMAS = Set.of("responseSchema", "responseJsonSchema");

    private static final Set<String> READ = Set.of(
            "temperature",
            "topP",
            "topK",
            "maxOutputTokens",
            "candidateCount",
            "stopSequences",
            "seed",
            "presencePenalty",
            "frequencyPenalty",
            "responseLogprobs",
            "logprobs",
            "thinkingConfig");

    private ConfigReader() {}

    static void read(Fields body, ChatRequest.Builder request) {
        Fields config = body.object(NAME);
        if (config == null) {
            return;
        }
        sampling(config, request);
        limits(config, request);
        boolean logprobs = config.flag("responseLogprobs");
        Integer alternatives = config.count("logprobs");
        if (logprobs) {
            request.logprobs(alternatives == null ? 0 : alternatives);
        }
        Fields thinking = config.object("thinkingConfig");
        if (thinking != null) {
            request.reasoning(thinking(thinking));
        }
        Map<String, JsonNode> rest = config.others(READ);
        if (format(config, request)) {
            rest.keySet().removeAll(SCHEMAS);
            rest.remove("responseMimeType");
        } else if ("text/plain".equals(config.text("responseMimeType"))) {
            rest.remove("responseMimeType");
        }
        if (!rest.isEmpty()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            rest.forEach(object::set);
            RequestReader.extra(request, NAME, object);
        }
    }

    private static void sampling(Fields config, ChatRequest.Builder request) {
        Double temperature = config.number("temperature");
        if (temperature != null) {
            request.temperature(temperature);
        }
        Double topP = config.number("topP");
        if (topP != null) {
            request.topP(topP);
        }
        Integer topK = config.count("topK");
        if (topK != null) {
            request.topK(topK);
        }
        Integer seed = config.whole("seed");
        if (seed != null) {
            request.seed(seed);
        }
        Double presence = config.number("presencePenalty");
        if (presence != null) {
            request.presencePenalty(presence);
        }
        Double frequency = config.number("frequencyPenalty");
        if (frequency != null) {
            request.frequencyPenalty(frequency);
        }
    }

    private static void limits(Fields config, ChatRequest.Builder request) {
        Integer limit = config.count("maxOutputTokens");
        if (limit != null) {
            request.maxOutputTokens(limit);
        }
        Integer choices = config.count("candidateCount");
        if (choices != null) {
            if (choices < 1 || choices > 128) {
                throw config.value("candidateCount", "between 1 and 128");
            }
            request.choices(choices);
        }
        List<String> stop = new ArrayList<>();
        for (JsonNode one : config.list("stopSequences")) {
            if (!one.isString()) {
                throw config.value("stopSequences", "a list of strings");
            }
            stop.add(one.asString());
        }
        request.stop(stop);
    }

    /** Whether the shape of the answer can be said in the vocabulary. */
    private static boolean format(Fields config, ChatRequest.Builder request) {
        String type = config.text("responseMimeType");
        @Nullable RawJson schema = config.raw("responseJsonSchema");
        JsonNode own = config.get("responseSchema");
        if (schema == null && own != null) {
            schema = new RawJson(Nodes.text(Schemas.standard(own)));
        }
        boolean json = type == null ? schema != null : type.equals("application/json");
        if (json) {
            request.responseFormat(schema == null ? ResponseFormat.JSON : ResponseFormat.schema("answer", schema));
        }
        return json;
    }

    /** A budget of -1 is as the model likes. */
    private static ReasoningOptions thinking(Fields thinking) {
        String level = thinking.text("thinkingLevel");
        Integer budget = thinking.whole("thinkingBudget");
        ReasoningOptions options =
                budget == null || budget < 0 ? ReasoningOptions.adaptive() : ReasoningOptions.budget(budget);
        if (level != null && !level.equals("THINKING_LEVEL_UNSPECIFIED")) {
            options = options.withEffort(level.toLowerCase(Locale.ROOT));
        }
        return thinking.flag("includeThoughts") ? options.withSummary("auto") : options;
    }
}
