package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.ClaudeThinking;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ToolChoice;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said in the model's own words, because Converse has none: {@code additionalModelRequestFields}. What the request
 * brings of it wins over what would be written.
 */
final class AdditionalFields {
    static final String NAME = "additionalModelRequestFields";

    private final ChatRequest request;
    private final String model;
    private final @Nullable ClaudeThinking thinking;
    private final Warnings warnings;
    private final Map<String, String> fields = new LinkedHashMap<>();

    /**
     * Those of one request.
     *
     * @param thinking how much a model of Anthropic's thinks; null for any other
     */
    AdditionalFields(ChatRequest request, String model, @Nullable ClaudeThinking thinking, Warnings warnings) {
        this.request = request;
        this.model = model.toLowerCase(Locale.ROOT);
        this.thinking = thinking;
        this.warnings = warnings;
    }

    /**
     * Appends the member; nothing where there is nothing to say.
     *
     * @param topK whether the model takes one now
     */
    void write(ByteBuilder json, boolean topK) {
        if (thinking != null) {
            claude(thinking);
        } else {
            others();
        }
        if (topK && request.topK().isPresent()) {
            topK(request.topK().getAsInt());
        }
        brought(request.extra().get(NAME));
        String before = ",\"" + NAME + "\":{";
        for (var field : fields.entrySet()) {
            json.ascii(before).string(field.getKey()).ascii(":").append(Bytes.utf8(field.getValue()));
            before = ",";
        }
        json.ascii(fields.isEmpty() ? "" : "}");
    }

    private void claude(ClaudeThinking how) {
        if (!how.type().isEmpty()) {
            ByteBuilder json = new ByteBuilder(64);
            how.write(json);
            fields.put("thinking", json.toString());
        }
        if (how.effort() != null) {
            fields.put("output_config", "{\"effort\":\"" + how.effort() + "\"}");
        }
        ToolChoice.Mode mode = request.toolChoice().orElse(ToolChoice.AUTO).mode();
        boolean oneAtATime =
                !request.parallelToolCalls().orElse(true) && !request.tools().isEmpty();
        if (mode == ToolChoice.Mode.NONE && !request.tools().isEmpty()) {
            fields.put("tool_choice", "{\"type\":\"none\"}");
        } else if (oneAtATime && mode == ToolChoice.Mode.AUTO) {
            fields.put("tool_choice", "{\"type\":\"auto\",\"disable_parallel_tool_use\":true}");
        } else if (oneAtATime) {
            warnings.dropped("parallel_tool_calls", BedrockDialect.NAME);
        }
    }

    private void others() {
        if (!request.parallelToolCalls().orElse(true)) {
            warnings.dropped("parallel_tool_calls", BedrockDialect.NAME);
        }
        ReasoningOptions options = request.reasoning().orElse(null);
        if (options == null) {
            return;
        }
        boolean off = options.budget().orElse(-1) == 0;
        String effort = off ? "none" : options.effort().orElse("medium");
        if (model.contains("gpt-oss") && !off) {
            fields.put("reasoning_effort", quoted(effort));
        } else if (model.contains("nova-2")) {
            fields.put(
                    "reasoningConfig",
                    off || effort.equals("none")
                            ? "{\"type\":\"disabled\"}"
                            : "{\"type\":\"enabled\",\"maxReasoningEffort\":" + quoted(level(effort)) + "}");
        } else if (!off) {
            warnings.add("'reasoning' was left out: how this model is asked for it is not known");
        }
    }

    private void topK(int value) {
        if (model.contains("amazon.nova")) {
            fields.put("inferenceConfig", "{\"topK\":" + value + "}");
        } else {
            fields.put("top_k", Integer.toString(value));
        }
    }

    private void brought(@Nullable RawJson raw) {
        if (raw == null) {
            return;
        }
        byte[] bytes = Bytes.utf8(raw.text());
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false).reset(bytes, 0, bytes.length);
        JsonText name = new JsonText();
        JsonValue value = new JsonValue();
        try {
            cursor.enterObject();
            while (cursor.nextMember()) {
                cursor.skipMember(name, value);
                fields.put(name.decode(), value.decode());
            }
        } catch (JsonSyntaxException e) {
            warnings.add("'" + NAME + "' was left out: it is no object");
        }
    }

    private static String level(String effort) {
        return switch (effort) {
            case "minimal", "low" -> "low";
            case "high", "xhigh", "max" -> "high";
            default -> "medium";
        };
    }

    private static String quoted(String text) {
        return new ByteBuilder(text.length() + 2).string(text).toString();
    }
}
