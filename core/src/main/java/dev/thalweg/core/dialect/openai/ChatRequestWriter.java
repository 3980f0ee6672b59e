package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ResponseFormat;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Writes one request of the vocabulary for an upstream. Not thread-safe. */
final class ChatRequestWriter {
    /** Up to here a budget for reasoning is a low effort: what Claude Code calls "think" is 4,000. */
    static final int LOW_UP_TO = 4_096;

    /** Up to here a medium one: "think hard" is 10,000; beyond it a high one, "ultrathink" being 31,999. */
    static final int MEDIUM_UP_TO = 16_384;

    private final ChatRequest request;
    private final Provider provider;
    private final String model;
    private final Warnings warnings;
    private final ByteBuilder json = new ByteBuilder(512);

    /** What is said under "extra" replaces what would be written: a key must not come twice. */
    private final Set<String> extra;

    private final UnaryOperator<Message> spelling;

    ChatRequestWriter(ChatRequest request, Provider provider, String model, Warnings warnings) {
        this(request, provider, model, warnings, UnaryOperator.identity());
    }

    /**
     * A writer of this request.
     *
     * @param spelling gives each message as it is written
     */
    ChatRequestWriter(
            ChatRequest request, Provider provider, String model, Warnings warnings, UnaryOperator<Message> spelling) {
        this.spelling = spelling;
        this.request = request;
        this.provider = provider;
        this.model = model;
        this.warnings = warnings;
        this.extra = request.extra().keySet();
    }

    byte[] write(boolean stream) {
        json.ascii("{\"model\":").string(model).ascii(",\"messages\":[");
        MessageWriter messages = new MessageWriter(json, provider, warnings);
        for (Message message : request.messages()) {
            messages.write(spelling.apply(message));
        }
        json.ascii("]");
        if (stream) {
            json.ascii(",\"stream\":true");
            if (!provider.has(Quirk.NO_STREAM_OPTIONS)) {
                field("stream_options", "{\"include_usage\":true}");
            }
        }
        request.temperature().ifPresent(value -> field("temperature", Double.toString(value)));
        boolean limited = extra.contains("max_tokens") || extra.contains("max_completion_tokens");
        if (!limited) {
            request.maxOutputTokens().ifPresent(value -> field(limitField(), Integer.toString(value)));
        }
        request.choices().ifPresent(value -> field("n", Integer.toString(value)));
        request.endUser().ifPresent(value -> field("user", Json.quoted(value)));
        sampling();
        format();
        reasoning();
        new ToolWriter(json, provider, warnings).write(request);
        request.extra().forEach((name, value) -> {
            json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text()));
        });
        return json.ascii("}").toBytes();
    }

    private void sampling() {
        request.topP().ifPresent(value -> field("top_p", Double.toString(value)));
        if (request.topK().isPresent() && !extra.contains("top_k")) {
            warnings.dropped("top_k", OpenAiDialect.NAME);
        }
        if (!request.stop().isEmpty()) {
            field("stop", Json.strings(request.stop()));
        }
        request.seed().ifPresent(value -> field("seed", Long.toString(value)));
        request.frequencyPenalty().ifPresent(value -> field("frequency_penalty", Double.toString(value)));
        request.presencePenalty().ifPresent(value -> field("presence_penalty", Double.toString(value)));
        request.logprobs().ifPresent(alternatives -> {
            field("logprobs", "true");
            if (alternatives > 0) {
                field("top_logprobs", Integer.toString(alternatives));
            }
        });
    }

    private void format() {
        ResponseFormat format = request.responseFormat().orElse(null);
        if (format == null) {
            return;
        }
        RawJson schema = format.schema().orElse(null);
        if (schema == null) {
            field("response_format", "{\"type\":\"json_object\"}");
            return;
        }
        // The name is required here, and other protocols have none.
        String name = format.name().isEmpty() ? "response" : format.name();
        StringBuilder text = new StringBuilder("{\"type\":\"json_schema\",\"json_schema\":{\"name\":");
        text.append(Json.quoted(name));
        format.description().ifPresent(said -> text.append(",\"description\":").append(Json.quoted(said)));
        text.append(",\"schema\":").append(schema.text());
        format.strict().ifPresent(strict -> text.append(",\"strict\":").append(strict));
        field("response_format", text.append("}}").toString());
    }

    private void reasoning() {
        ReasoningOptions options = request.reasoning().orElse(null);
        if (options == null || extra.contains("reasoning")) {
            return;
        }
        if (options.summary().isPresent()) {
            warnings.dropped("reasoning.summary", OpenAiDialect.NAME);
        }
        String effort = options.effort()
                .orElse(options.budget().isPresent() ? effort(options.budget().getAsInt()) : "");
        if (effort.isEmpty()) {
            return;
        }
        if (Takes.reasoningEffort(provider, model)) {
            field("reasoning_effort", Json.quoted(effort));
        } else {
            warnings.add("How much to reason was left out: " + model + " is not a reasoning model");
        }
    }

    /** A budget as a word: that is all that can be said here. */
    private static String effort(int budget) {
        return budget == 0 ? "none" : budget <= LOW_UP_TO ? "low" : budget <= MEDIUM_UP_TO ? "medium" : "high";
    }

    private void field(String name, String value) {
        if (!extra.contains(name)) {
            json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value));
        }
    }

    /** The name of the limit in a request of our own: OpenAI and Azure know the newer one for every model. */
    private String limitField() {
        return provider.tokenField() == Provider.TokenField.MAX_COMPLETION_TOKENS_FOR_REASONING
                ? "max_completion_tokens"
                : "max_tokens";
    }
}
