package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.OldFunctions;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes a request for an upstream. Nothing is kept there unless the request says so ({@code "store":false}), so that
 * encrypted reasoning is asked for, which takes the place of what would be kept.
 */
final class RequestWriter {
    /**
     * OpenAI's models that do not reason: they refuse a request for encrypted reasoning with a 400, "Encrypted content is not
     * supported with this model".
     */
    private static final Pattern NO_REASONING =
            Pattern.compile("(?:.*[/:])?(?:(?:gpt-[34]|chatgpt-).*|gpt-5[^/]*-chat.*)");

    private final ByteBuilder json = new ByteBuilder(1024);
    private final ChatRequest request;
    private final Map<String, RawJson> extra;
    private final Warnings warnings;

    private RequestWriter(ChatRequest request, Warnings warnings) {
        this.request = request;
        this.extra = request.extra();
        this.warnings = warnings;
    }

    /** The body of a request. */
    static byte[] write(ChatRequest request, String model, boolean stream, Warnings warnings) {
        return new RequestWriter(request, warnings).body(model, stream);
    }

    private byte[] body(String model, boolean stream) {
        json.ascii("{\"model\":").string(model);
        messages();
        if (stream) {
            json.ascii(",\"stream\":true");
        }
        sampling();
        tools();
        text();
        reasoning();
        keeping(model);
        extra();
        withoutCounterpart();
        return json.ascii("}").toBytes();
    }

    private void messages() {
        List<Message> messages = request.messages();
        boolean instructed = !extra.containsKey("instructions") && isInstructions(messages.get(0));
        if (instructed) {
            json.ascii(",\"instructions\":").string(messages.get(0).content());
        }
        json.ascii(",\"input\":[");
        ItemWriter items = new ItemWriter(json, warnings);
        messages.subList(instructed ? 1 : 0, messages.size()).forEach(items::message);
        json.ascii("]");
    }

    private static boolean isInstructions(Message message) {
        return (message.role().equals("system") || message.role().equals("developer"))
                && message.parts().stream().allMatch(Part.Text.class::isInstance);
    }

    private void sampling() {
        request.temperature().ifPresent(value -> member("temperature", value));
        request.topP().ifPresent(value -> member("top_p", value));
        request.maxOutputTokens().ifPresent(value -> member("max_output_tokens", value));
        request.endUser().ifPresent(user -> {
            if (!extra.containsKey("user")) {
                json.ascii(",\"user\":").string(user);
            }
        });
        int alternatives = request.logprobs().orElse(0);
        if (alternatives > 0) {
            member("top_logprobs", alternatives);
        }
    }

    private void tools() {
        if (!request.tools().isEmpty() && !extra.containsKey("tools")) {
            json.ascii(",\"tools\":");
            ToolWriter.tools(json, request.tools(), warnings);
        }
        request.toolChoice().ifPresent(choice -> {
            if (!extra.containsKey("tool_choice")) {
                json.ascii(",\"tool_choice\":");
                ToolWriter.choice(json, choice, request.tools());
            }
        });
        request.parallelToolCalls().ifPresent(value -> member("parallel_tool_calls", value));
    }

    private void text() {
        if (extra.containsKey("text")) {
            return;
        }
        RawJson verbosity = extra.get("verbosity");
        if (request.responseFormat().isPresent() || verbosity != null) {
            json.ascii(",\"text\":");
            FormatWriter.text(json, request.responseFormat().orElse(null), verbosity);
        }
    }

    private void reasoning() {
        request.reasoning().ifPresent(options -> {
            if (!extra.containsKey("reasoning")) {
                FormatWriter.reasoning(json, options, warnings);
            }
        });
    }

    private void keeping(String model) {
        boolean kept = extra.containsKey("store");
        if (!kept) {
            json.ascii(",\"store\":false");
        }
        Set<String> include = new LinkedHashSet<>();
        RawJson asked = extra.get("include");
        if (asked != null && asked.text().startsWith("[")) {
            include.addAll(List.of(asked.as(String[].class)));
        }
        if (!kept && !NO_REASONING.matcher(model).matches()) {
            include.add(Names.INCLUDE_REASONING);
        }
        if (request.logprobs().isPresent()) {
            include.add(Names.INCLUDE_LOGPROBS);
        }
        if (!include.isEmpty()) {
            String comma = ",\"include\":[";
            for (String one : include) {
                json.ascii(comma).string(one);
                comma = ",";
            }
            json.ascii("]");
        }
    }

    private void extra() {
        extra.forEach((name, value) -> {
            if (Names.OTHERS.contains(name)) {
                dropped(!OldFunctions.areSaidByTools(request, name), name);
            } else if (!name.equals("include") && !name.equals("verbosity") && !isChatsUsage(name, value)) {
                json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text()));
            }
        });
    }

    /** Chat completions' wish for usage in a stream: here it always comes. */
    private static boolean isChatsUsage(String name, RawJson value) {
        return name.equals("stream_options") && value.text().contains("\"include_usage\"");
    }

    private void withoutCounterpart() {
        dropped(!request.stop().isEmpty(), "stop");
        dropped(request.seed().isPresent(), "seed");
        dropped(request.topK().isPresent(), "top_k");
        dropped(request.frequencyPenalty().isPresent(), "frequency_penalty");
        dropped(request.presencePenalty().isPresent(), "presence_penalty");
        dropped(request.choices().orElse(1) > 1, "n");
    }

    private void dropped(boolean said, String name) {
        if (said) {
            warnings.dropped(name, "the Responses API");
        }
    }

    /** What is said under "extra" replaces what would be written: a key must not come twice. */
    private void member(String name, Object value) {
        if (!extra.containsKey(name)) {
            json.ascii(",").string(name).ascii(":" + value);
        }
    }
}
