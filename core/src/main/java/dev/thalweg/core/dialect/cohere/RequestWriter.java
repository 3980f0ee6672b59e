package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.OldFunctions;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ResponseFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes a chat request for an upstream. What is said under "extra" replaces what would be written. */
final class RequestWriter {
    /** The bounds of {@code p} and {@code k}, beyond which a request is refused. */
    private static final double LEAST_P = 0.01;

    private static final double MOST_P = 0.99;
    private static final int MOST_K = 500;

    private final ChatRequest request;
    private final String model;
    private final Warnings warnings;
    private final Map<String, RawJson> extra;
    private final ByteBuilder json = new ByteBuilder(1024);

    RequestWriter(ChatRequest request, String model, Warnings warnings) {
        this.request = request;
        this.model = model;
        this.warnings = warnings;
        this.extra = extra(request);
    }

    private static Map<String, RawJson> extra(ChatRequest request) {
        Map<String, RawJson> extra = new LinkedHashMap<>(request.extra());
        extra.keySet().removeIf(name -> OldFunctions.areSaidByTools(request, name));
        return extra;
    }

    byte[] write(boolean stream) {
        json.ascii("{\"model\":").string(model).ascii(",\"messages\":[");
        new MessageWriter(json, warnings).write(request.messages());
        json.ascii("]");
        if (stream) {
            json.ascii(",\"stream\":true");
        }
        new ToolWriter(json, warnings).write(request, extra.keySet());
        request.maxOutputTokens().ifPresent(limit -> field("max_tokens", Integer.toString(limit)));
        number("temperature", request.temperature());
        sampling();
        stop();
        format();
        if (!extra.containsKey("thinking")) {
            Thinking.write(json, request, model, warnings);
        }
        extra.forEach((name, value) -> json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text())));
        unsaid();
        return json.ascii("}").toBytes();
    }

    private void sampling() {
        number("p", within("top_p", request.topP(), LEAST_P, MOST_P));
        if (request.topK().isPresent()) {
            int k = request.topK().getAsInt();
            if (k > MOST_K) {
                warnings.add("'top_k' was lowered to " + MOST_K + ", the most that cohere takes");
            }
            field("k", Integer.toString(Math.min(k, MOST_K)));
        }
        request.seed().ifPresent(seed -> field("seed", Long.toString(seed)));
        number("frequency_penalty", within("frequency_penalty", request.frequencyPenalty(), 0, 1));
        number("presence_penalty", within("presence_penalty", request.presencePenalty(), 0, 1));
        if (request.logprobs().isPresent()) {
            field("logprobs", "true");
            unsaid("top_logprobs", request.logprobs().getAsInt() > 0);
        }
    }

    private OptionalDouble within(String name, OptionalDouble wanted, double least, double most) {
        if (wanted.isEmpty()) {
            return wanted;
        }
        double value = Math.min(most, Math.max(least, wanted.getAsDouble()));
        if (value != wanted.getAsDouble()) {
            warnings.add("'" + name + "' was set to " + value + ": cohere takes " + least + " to " + most);
        }
        return OptionalDouble.of(value);
    }

    private void stop() {
        if (request.stop().isEmpty() || extra.containsKey("stop_sequences")) {
            return;
        }
        String before = ",\"stop_sequences\":[";
        for (String text : request.stop()) {
            json.ascii(before).string(text);
            before = ",";
        }
        json.ascii("]");
    }

    private void format() {
        ResponseFormat format = request.responseFormat().orElse(null);
        if (format != null) {
            String schema = format.schema()
                    .map(text -> ",\"json_schema\":" + text.text())
                    .orElse("");
            field("response_format", "{\"type\":\"json_object\"" + schema + "}");
        }
    }

    private void number(String name, OptionalDouble value) {
        if (value.isPresent()) {
            field(name, Double.toString(value.getAsDouble()));
        }
    }

    private void field(String name, String value) {
        if (!extra.containsKey(name)) {
            json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value));
        }
    }

    private void unsaid() {
        unsaid("n", request.choices().orElse(1) > 1);
        unsaid("user", request.endUser().isPresent());
        unsaid("parallel_tool_calls", !request.parallelToolCalls().orElse(true));
    }

    private void unsaid(String field, boolean wanted) {
        if (wanted) {
            warnings.dropped(field, CohereDialect.NAME);
        }
    }
}
