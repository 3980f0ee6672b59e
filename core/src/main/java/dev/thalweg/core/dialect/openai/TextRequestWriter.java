package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatRequest;

/** Writes one request of the vocabulary as a completion: its conversation is one {@link TextPrompt}. Not thread-safe. */
final class TextRequestWriter {
    private final ChatRequest request;
    private final Provider provider;
    private final String model;
    private final Warnings warnings;
    private final ByteBuilder json = new ByteBuilder(512);

    TextRequestWriter(ChatRequest request, Provider provider, String model, Warnings warnings) {
        this.request = request;
        this.provider = provider;
        this.model = model;
        this.warnings = warnings;
    }

    byte[] write(boolean stream) {
        json.ascii("{\"model\":").string(model).ascii(",\"prompt\":");
        json.string(new TextPrompt(warnings).of(request.messages()));
        if (stream) {
            json.ascii(",\"stream\":true");
            if (!provider.has(Quirk.NO_STREAM_OPTIONS)) {
                field("stream_options", "{\"include_usage\":true}");
            }
        }
        request.maxOutputTokens().ifPresent(value -> field("max_tokens", Integer.toString(value)));
        request.choices().ifPresent(value -> field("n", Integer.toString(value)));
        request.endUser().ifPresent(value -> field("user", Json.quoted(value)));
        sampling();
        warnings();
        request.extra().forEach((name, value) -> {
            json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text()));
        });
        return json.ascii("}").toBytes();
    }

    private void sampling() {
        request.temperature().ifPresent(value -> field("temperature", Double.toString(value)));
        request.topP().ifPresent(value -> field("top_p", Double.toString(value)));
        if (!request.stop().isEmpty()) {
            field("stop", Json.strings(request.stop()));
        }
        request.seed().ifPresent(value -> field("seed", Long.toString(value)));
        request.frequencyPenalty().ifPresent(value -> field("frequency_penalty", Double.toString(value)));
        request.presencePenalty().ifPresent(value -> field("presence_penalty", Double.toString(value)));
        request.logprobs().ifPresent(alternatives -> field("logprobs", Integer.toString(alternatives)));
    }

    private void warnings() {
        dropped("tools", !request.tools().isEmpty());
        dropped("tool_choice", request.toolChoice().isPresent());
        dropped("response_format", request.responseFormat().isPresent());
        dropped("reasoning", request.reasoning().isPresent());
        dropped("top_k", request.topK().isPresent() && !request.extra().containsKey("top_k"));
    }

    private void dropped(String field, boolean said) {
        if (said) {
            warnings.dropped(field, CompletionsDialect.NAME);
        }
    }

    /** What is said under "extra" replaces what would be written: a key must not come twice. */
    private void field(String name, String value) {
        if (!request.extra().containsKey(name)) {
            json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value));
        }
    }
}
