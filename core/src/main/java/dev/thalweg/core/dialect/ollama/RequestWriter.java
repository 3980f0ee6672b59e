package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.OldFunctions;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ResponseFormat;
import java.util.Locale;
import java.util.Map;

/** Writes a chat for a server, or a prompt with all that was said. What is said under "extra" replaces what would be written. */
final class RequestWriter {
    private static final Map<String, String> LEVELS =
            Map.of("minimal", "low", "low", "low", "medium", "medium", "high", "high", "xhigh", "high", "max", "high");

    private final ChatRequest request;
    private final String model;
    private final Warnings warnings;
    private final ByteBuilder json = new ByteBuilder(1024);

    RequestWriter(ChatRequest request, String model, Warnings warnings) {
        this.request = request;
        this.model = model;
        this.warnings = warnings;
    }

    byte[] write(boolean generates, boolean stream) {
        json.ascii("{\"model\":").string(model);
        MessageWriter messages = new MessageWriter(json, warnings);
        if (generates) {
            messages.prompt(request.messages());
            if (!request.tools().isEmpty()) {
                warnings.dropped("tools", OllamaDialect.GENERATE.name());
            }
        } else {
            messages.messages(request.messages());
            new ToolWriter(json, warnings).write(request);
        }
        if (!said("think")) {
            think();
        }
        if (!said("format")) {
            format();
        }
        if (request.logprobs().isPresent()) {
            json.ascii(",\"logprobs\":true,\"top_logprobs\":")
                    .number(request.logprobs().getAsInt());
        }
        new OptionsWriter(json).write(request);
        beside();
        json.ascii(stream ? ",\"stream\":true}" : ",\"stream\":false}");
        unsaid("n", request.choices().orElse(1) > 1);
        unsaid("user", request.endUser().isPresent());
        return json.toBytes();
    }

    private boolean said(String name) {
        return request.extra().containsKey(name);
    }

    /** Only gpt-oss has levels; other models think or do not. */
    private void think() {
        ReasoningOptions options = request.reasoning().orElse(null);
        if (options == null) {
            return;
        }
        String effort = options.effort().orElse(null);
        if (options.budget().orElse(-1) == 0 || "none".equals(effort)) {
            json.ascii(",\"think\":false");
            return;
        }
        if (options.budget().isPresent()) {
            warnings.add("the budget of 'reasoning' was left out: the model decides itself how much it thinks");
        }
        if (effort != null && model.toLowerCase(Locale.ROOT).contains("gpt-oss")) {
            json.ascii(",\"think\":").string(LEVELS.getOrDefault(effort, effort));
        } else {
            json.ascii(",\"think\":true");
        }
    }

    private void format() {
        ResponseFormat format = request.responseFormat().orElse(null);
        if (format != null) {
            json.ascii(",\"format\":")
                    .append(Bytes.utf8(
                            format.schema().map(schema -> schema.text()).orElse("\"json\"")));
        }
    }

    /** What this API has beside the vocabulary; any other field is another's. */
    private void beside() {
        request.extra().forEach((name, value) -> {
            if (Options.BESIDE.contains(name) || name.equals("think") || name.equals("format")) {
                json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text()));
            } else if (!OptionsWriter.isOption(name) && !OldFunctions.areSaidByTools(request, name)) {
                warnings.dropped(name, OllamaDialect.NAME);
            }
        });
    }

    private void unsaid(String field, boolean wanted) {
        if (wanted) {
            warnings.dropped(field, OllamaDialect.NAME);
        }
    }
}
