package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.ClaudeThinking;
import dev.thalweg.core.dialect.ClaudeTraits;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ResponseFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a message request for an upstream. What is said under "extra" replaces what would be written. */
final class RequestWriter {
    private static final String JSON_ONLY =
            "Answer with one JSON object and nothing else: no introduction, no code fence.";

    private static final String JSON_OF_SCHEMA = JSON_ONLY + " It has to fit this JSON schema:\n";

    private final ChatRequest request;
    private final String model;
    private final ClaudeTraits traits;
    private final Warnings warnings;
    private final Map<String, RawJson> extra;
    private final Set<String> said;
    private final ByteBuilder json = new ByteBuilder(1024);

    RequestWriter(ChatRequest request, String model, Warnings warnings) {
        this.request = request;
        this.model = model;
        this.traits = new ClaudeTraits(model);
        this.warnings = warnings;
        this.extra = new ExtraFields(warnings).of(request);
        this.said = extra.keySet();
    }

    byte[] write(boolean stream) {
        ClaudeThinking thinking = ClaudeThinking.of(request, traits, warnings);
        json.ascii("{\"model\":").string(model);
        if (!said.contains("max_tokens")) {
            json.ascii(",\"max_tokens\":").number(thinking.maxTokens());
        }
        @Nullable String instruction = instruction();
        MessageWriter messages = new MessageWriter(json, warnings);
        if (!said.contains("system")) {
            messages.system(request.messages(), instruction);
        }
        messages.messages(request.messages());
        new ToolWriter(json, traits, warnings).write(request, said);
        sampling(thinking);
        stop();
        reasoningAndFormat(thinking, instruction == null);
        if (request.endUser().isPresent() && !said.contains("metadata")) {
            json.ascii(",\"metadata\":{\"user_id\":")
                    .string(request.endUser().get())
                    .ascii("}");
        }
        if (stream) {
            json.ascii(",\"stream\":true");
        }
        extra.forEach((name, value) -> json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text())));
        unsaid();
        return json.ascii("}").toBytes();
    }

    /** What the model is told where the API cannot be: the shape of the answer. */
    private @Nullable String instruction() {
        ResponseFormat format = request.responseFormat().orElse(null);
        if (format == null || said.contains("output_config")) {
            return null;
        }
        RawJson schema = format.schema().orElse(null);
        if (schema != null && traits.schemas()) {
            return null;
        }
        warnings.add(
                "'response_format' became an instruction in the system prompt: nothing makes the model keep to it");
        return schema == null ? JSON_ONLY : JSON_OF_SCHEMA + schema.text();
    }

    private void sampling(ClaudeThinking thinking) {
        OptionalDouble temperature = temperature(thinking);
        OptionalDouble topP = topP(thinking, temperature.isPresent());
        number("temperature", temperature);
        number("top_p", topP);
        if (request.topK().isPresent() && !said.contains("top_k")) {
            if (thinking.on() || !traits.sampling()) {
                leftOutOfSampling("top_k");
            } else {
                json.ascii(",\"top_k\":").number(request.topK().getAsInt());
            }
        }
    }

    private OptionalDouble temperature(ClaudeThinking thinking) {
        if (request.temperature().isEmpty() || said.contains("temperature")) {
            return OptionalDouble.empty();
        }
        double wanted = request.temperature().getAsDouble();
        double value = Math.min(1, Math.max(0, wanted));
        if (value != wanted) {
            warnings.add("'temperature' was set to " + (int) value + ": anthropic takes 0 to 1");
        }
        if (value != 1 && (thinking.on() || !traits.sampling())) {
            leftOutOfSampling("temperature");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(value);
    }

    private OptionalDouble topP(ClaudeThinking thinking, boolean temperature) {
        if (request.topP().isEmpty() || said.contains("top_p")) {
            return OptionalDouble.empty();
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

    private void number(String name, OptionalDouble value) {
        if (value.isPresent()) {
            json.ascii(",\"" + name + "\":" + value.getAsDouble());
        }
    }

    private void stop() {
        List<String> stop =
                request.stop().stream().filter(text -> !text.isBlank()).toList();
        if (stop.size() < request.stop().size()) {
            warnings.add("a blank text was left out of 'stop': anthropic does not take one");
        }
        if (stop.isEmpty() || said.contains("stop_sequences")) {
            return;
        }
        String before = ",\"stop_sequences\":[";
        for (String text : stop) {
            json.ascii(before).string(text);
            before = ",";
        }
        json.ascii("]");
    }

    private void reasoningAndFormat(ClaudeThinking thinking, boolean mayBind) {
        if (!thinking.type().isEmpty() && !said.contains("thinking")) {
            json.ascii(",\"thinking\":");
            thinking.write(json);
        }
        RawJson schema = mayBind
                ? request.responseFormat().flatMap(ResponseFormat::schema).orElse(null)
                : null;
        String effort = thinking.effort();
        if (said.contains("output_config") || (schema == null && effort == null)) {
            return;
        }
        json.ascii(",\"output_config\":{");
        if (effort != null) {
            json.ascii("\"effort\":").string(effort).ascii(schema == null ? "" : ",");
        }
        if (schema != null) {
            json.ascii("\"format\":{\"type\":\"json_schema\",\"schema\":")
                    .append(Bytes.utf8(schema.text()))
                    .ascii("}");
        }
        json.ascii("}");
    }

    private void unsaid() {
        unsaid("seed", request.seed().isPresent());
        unsaid("frequency_penalty", request.frequencyPenalty().orElse(0) != 0);
        unsaid("presence_penalty", request.presencePenalty().orElse(0) != 0);
        unsaid("logprobs", request.logprobs().isPresent());
        unsaid("n", request.choices().orElse(1) > 1);
    }

    private void unsaid(String field, boolean wanted) {
        if (wanted) {
            warnings.dropped(field, AnthropicDialect.NAME);
        }
    }
}
