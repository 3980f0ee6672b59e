package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Tool;
import dev.thalweg.model.ToolCall;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes chat requests for an upstream: from a request of the vocabulary, or from a caller's body by a few changes. */
public final class RequestWriter {
    private static final Pattern REASONING_MODEL = Pattern.compile("(?:.*/)?(?:o\\d|gpt-5).*");

    private RequestWriter() {}

    /**
     * What has to change in a caller's body for this upstream: the model's name, usage always asked for on a stream, the
     * token limit's name, and defaults for fields the caller left out.
     *
     * @param model the model's name at the upstream
     * @param defaults name to JSON text
     */
    public static Splices rewrite(RequestHead head, Provider provider, String model, Map<String, String> defaults) {
        Splices splices = new Splices();
        ByteBuilder added = new ByteBuilder(64);
        if (!head.model().equals(model)) {
            RequestHead.Member member = Objects.requireNonNull(head.member("model"));
            splices.replace(
                    member.valueStart(),
                    member.end(),
                    new ByteBuilder(model.length() + 2).string(model).toBytes());
        }
        RequestHead.Member options = head.member("stream_options");
        if (provider.has(Quirk.NO_STREAM_OPTIONS)) {
            if (options != null) {
                head.remove(options, splices);
            }
        } else if (head.stream()) {
            askForUsage(head, options, splices, added);
        }
        String tokenField = tokenField(provider, model);
        String otherField = tokenField.equals("max_tokens") ? "max_completion_tokens" : "max_tokens";
        RequestHead.Member limit = head.member(otherField);
        if (limit != null && !tokenField.isEmpty() && !head.has(tokenField)) {
            splices.replace(limit.start(), limit.nameEnd(), Bytes.utf8('"' + tokenField + '"'));
        }
        defaults.forEach((name, json) -> {
            boolean isLimit = name.equals("max_tokens") || name.equals("max_completion_tokens");
            if (!head.has(name) && !(isLimit && head.maxTokens() >= 0)) {
                String spelled = isLimit && !tokenField.isEmpty() ? tokenField : name;
                added.string(spelled).ascii(":").append(Bytes.utf8(json)).ascii(",");
            }
        });
        if (added.length() > 0) {
            splices.replace(head.afterBrace, head.afterBrace, added.toBytes());
        }
        return splices;
    }

    private static void askForUsage(
            RequestHead head, RequestHead.@Nullable Member options, Splices splices, ByteBuilder added) {
        RequestHead.Member include = head.includeUsageMember;
        if (options == null) {
            added.ascii("\"stream_options\":{\"include_usage\":true},");
        } else if (head.streamOptionsAfterBrace == 0) {
            splices.replace(options.valueStart(), options.end(), Bytes.utf8("{\"include_usage\":true}"));
        } else if (include == null) {
            String comma = head.streamOptionsEmpty ? "" : ",";
            splices.replace(
                    head.streamOptionsAfterBrace,
                    head.streamOptionsAfterBrace,
                    Bytes.utf8("\"include_usage\":true" + comma));
        } else if (!head.includeUsage()) {
            splices.replace(include.valueStart(), include.end(), Bytes.utf8("true"));
        }
    }

    /** What the token limit is called for this model; empty where both names will do. */
    private static String tokenField(Provider provider, String model) {
        return switch (provider.tokenField()) {
            case AS_SENT -> "";
            case MAX_TOKENS -> "max_tokens";
            case MAX_COMPLETION_TOKENS_FOR_REASONING ->
                REASONING_MODEL.matcher(model).matches() ? "max_completion_tokens" : "";
        };
    }

    /** The body of a request. */
    public static byte[] write(ChatRequest request, Provider provider, String model, boolean stream) {
        ByteBuilder json = new ByteBuilder(512);
        json.ascii("{\"model\":").string(model).ascii(",\"messages\":[");
        String comma = "";
        for (Message message : request.messages()) {
            json.ascii(comma);
            message(json, message);
            comma = ",";
        }
        json.ascii("]");
        if (stream) {
            json.ascii(",\"stream\":true");
            if (!provider.has(Quirk.NO_STREAM_OPTIONS) && !request.extra().containsKey("stream_options")) {
                json.ascii(",\"stream_options\":{\"include_usage\":true}");
            }
        }
        request.temperature().ifPresent(t -> json.ascii(",\"temperature\":" + t));
        String limitField = tokenField(provider, model);
        request.maxOutputTokens()
                .ifPresent(limit -> json.ascii(",")
                        .string(limitField.isEmpty() ? "max_tokens" : limitField)
                        .ascii(":" + limit));
        request.choices().ifPresent(n -> json.ascii(",\"n\":" + n));
        request.endUser().ifPresent(user -> json.ascii(",\"user\":").string(user));
        tools(json, request);
        for (Map.Entry<String, RawJson> field : request.extra().entrySet()) {
            json.ascii(",")
                    .string(field.getKey())
                    .ascii(":")
                    .append(Bytes.utf8(field.getValue().text()));
        }
        return json.ascii("}").toBytes();
    }

    private static void message(ByteBuilder json, Message message) {
        json.ascii("{\"role\":").string(message.role());
        if (!message.imageUrls().isEmpty()) {
            json.ascii(",\"content\":[{\"type\":\"text\",\"text\":")
                    .string(message.content())
                    .ascii("}");
            for (String url : message.imageUrls()) {
                json.ascii(",{\"type\":\"image_url\",\"image_url\":{\"url\":")
                        .string(url)
                        .ascii("}}");
            }
            json.ascii("]");
        } else if (message.content().isEmpty() && !message.toolCalls().isEmpty()) {
            json.ascii(",\"content\":null");
        } else {
            json.ascii(",\"content\":").string(message.content());
        }
        message.toolCallId().ifPresent(id -> json.ascii(",\"tool_call_id\":").string(id));
        if (!message.toolCalls().isEmpty()) {
            json.ascii(",\"tool_calls\":[");
            String comma = "";
            for (ToolCall call : message.toolCalls()) {
                json.ascii(comma).ascii("{\"id\":").string(call.id());
                json.ascii(",\"type\":\"function\",\"function\":{\"name\":").string(call.name());
                json.ascii(",\"arguments\":").string(call.arguments()).ascii("}}");
                comma = ",";
            }
            json.ascii("]");
        }
        json.ascii("}");
    }

    private static void tools(ByteBuilder json, ChatRequest request) {
        if (request.tools().isEmpty()) {
            return;
        }
        json.ascii(",\"tools\":[");
        String comma = "";
        for (Tool tool : request.tools()) {
            json.ascii(comma)
                    .ascii("{\"type\":\"function\",\"function\":{\"name\":")
                    .string(tool.name());
            json.ascii(",\"description\":").string(tool.description());
            json.ascii(",\"parameters\":")
                    .append(Bytes.utf8(tool.parameters().text()))
                    .ascii("}}");
            comma = ",";
        }
        json.ascii("]");
    }
}
