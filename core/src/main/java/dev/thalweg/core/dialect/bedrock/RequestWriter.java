package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.ClaudeThinking;
import dev.thalweg.core.dialect.ClaudeTraits;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ResponseFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a Converse request for Bedrock. The path says the model, and whether the answer is streamed. */
final class RequestWriter {
    private static final String JSON_ONLY =
            "Answer with one JSON object and nothing else: no introduction, no code fence.";

    private static final String JSON_OF_SCHEMA = JSON_ONLY + " It has to fit this JSON schema:\n";

    /** What a request of this protocol has beside the vocabulary. */
    private static final Set<String> OWN = Set.of(
            "guardrailConfig",
            "promptVariables",
            "additionalModelResponseFieldPaths",
            "requestMetadata",
            "performanceConfig",
            "serviceTier",
            "outputConfig");

    private final ChatRequest request;
    private final ClaudeTraits traits;
    private final ClaudeThinking thinking;
    private final AdditionalFields additional;
    private final Warnings warnings;
    private final ByteBuilder json = new ByteBuilder(1024);

    RequestWriter(ChatRequest request, String model, Warnings warnings) {
        this.request = request;
        this.warnings = warnings;
        this.traits = new ClaudeTraits(model);
        this.thinking = traits.claude()
                ? ClaudeThinking.of(request, traits, warnings)
                : new ClaudeThinking("", 0, null, false, 0);
        this.additional = new AdditionalFields(request, model, traits.claude() ? thinking : null, warnings);
    }

    byte[] write() {
        json.ascii("{");
        @Nullable String instruction = instruction();
        MessageWriter messages = new MessageWriter(json, warnings);
        messages.messages(request.messages());
        messages.system(request.messages(), instruction);
        inference();
        new ToolWriter(json, warnings, traits.claude()).write(request);
        if (request.topK().isPresent() && traits.claude() && (thinking.on() || !traits.sampling())) {
            leftOutOfSampling("top_k");
        }
        additional.write(json, !traits.claude() || (!thinking.on() && traits.sampling()));
        if (instruction == null) {
            schema();
        }
        request.extra().forEach((name, value) -> {
            if (OWN.contains(name)) {
                json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text()));
            } else if (!name.equals(AdditionalFields.NAME)) {
                warnings.dropped(name, BedrockDialect.NAME);
            }
        });
        unsaid();
        return json.ascii("}").toBytes();
    }

    private void inference() {
        ByteBuilder config = new ByteBuilder(64);
        if (request.maxOutputTokens().isPresent() || thinking.type().equals("enabled")) {
            int limit = traits.claude()
                    ? thinking.maxTokens()
                    : request.maxOutputTokens().orElse(0);
            config.ascii(",\"maxTokens\":").number(limit);
        }
        OptionalDouble temperature = temperature();
        number(config, "temperature", temperature);
        number(config, "topP", topP(temperature.isPresent()));
        stop(config);
        if (config.length() > 0) {
            json.ascii(",\"inferenceConfig\":{")
                    .append(config.array(), 1, config.length() - 1)
                    .ascii("}");
        }
    }

    private OptionalDouble temperature() {
        if (request.temperature().isEmpty()) {
            return request.temperature();
        }
        double wanted = request.temperature().getAsDouble();
        double value = Math.min(1, Math.max(0, wanted));
        if (value != wanted) {
            warnings.add("'temperature' was set to " + (int) value + ": bedrock takes 0 to 1");
        }
        if (traits.claude() && value != 1 && (thinking.on() || !traits.sampling())) {
            leftOutOfSampling("temperature");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(value);
    }

    private OptionalDouble topP(boolean temperature) {
        if (request.topP().isEmpty() || !traits.claude()) {
            return request.topP();
        }
        double value = request.topP().getAsDouble();
        if (!traits.sampling() || (thinking.on() && (value < 0.95 || value > 1))) {
            leftOutOfSampling("top_p");
            return OptionalDouble.empty();
        }
        if (temperature && !traits.temperatureWithTopP()) {
            warnings.add("'top_p' was left out: the model does not take it together with 'temperature'");
            return OptionalDouble.empty();
        }
        return request.topP();
    }

    private void leftOutOfSampling(String field) {
        warnings.add("'" + field + "' was left out: the model does not take this value, or not while it thinks");
    }

    private static void number(ByteBuilder config, String name, OptionalDouble value) {
        if (value.isPresent()) {
            config.ascii(",\"" + name + "\":" + value.getAsDouble());
        }
    }

    private void stop(ByteBuilder config) {
        List<String> stop =
                request.stop().stream().filter(text -> !text.isBlank()).toList();
        if (stop.size() < request.stop().size()) {
            warnings.add("a blank text was left out of 'stop': bedrock does not take one");
        }
        String before = ",\"stopSequences\":[";
        for (String text : stop) {
            config.ascii(before).string(text);
            before = ",";
        }
        config.ascii(stop.isEmpty() ? "" : "]");
    }

    /** What the model is told where the API cannot be: the shape of the answer. */
    private @Nullable String instruction() {
        ResponseFormat format = request.responseFormat().orElse(null);
        if (format == null || request.extra().containsKey("outputConfig")) {
            return null;
        }
        RawJson schema = format.schema().orElse(null);
        if (schema != null && (!traits.claude() || traits.schemas())) {
            return null;
        }
        warnings.add(
                "'response_format' became an instruction in the system prompt: nothing makes the model keep to it");
        return schema == null ? JSON_ONLY : JSON_OF_SCHEMA + schema.text();
    }

    private void schema() {
        ResponseFormat format = request.responseFormat().orElse(null);
        RawJson schema = format == null ? null : format.schema().orElse(null);
        if (format == null || schema == null || request.extra().containsKey("outputConfig")) {
            return;
        }
        json.ascii(
                        ",\"outputConfig\":{\"textFormat\":{\"type\":\"json_schema\",\"structure\":{\"jsonSchema\":{\"schema\":")
                .string(schema.text());
        if (!format.name().isEmpty()) {
            json.ascii(",\"name\":").string(format.name());
        }
        format.description().ifPresent(text -> json.ascii(",\"description\":").string(text));
        json.ascii("}}}}");
    }

    private void unsaid() {
        unsaid("seed", request.seed().isPresent());
        unsaid("frequency_penalty", request.frequencyPenalty().orElse(0) != 0);
        unsaid("presence_penalty", request.presencePenalty().orElse(0) != 0);
        unsaid("logprobs", request.logprobs().isPresent());
        unsaid("n", request.choices().orElse(1) > 1);
        unsaid("user", request.endUser().isPresent());
    }

    private void unsaid(String field, boolean wanted) {
        if (wanted) {
            warnings.dropped(field, BedrockDialect.NAME);
        }
    }
}
