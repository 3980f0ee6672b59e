package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.dialect.GatewayFields;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes chat requests for an upstream: from a request of the vocabulary, or from a caller's body by a few changes. */
public final class RequestWriter {
    private static final Pattern REASONING_MODEL = Pattern.compile("(?:.*[/:])?(?:o\\d|gpt-5).*");

    private static final String GO_ON = "Your answer was cut off at this point. Go on from exactly where it stops: no "
            + "introduction, no apology, and nothing of it again.";

    private RequestWriter() {}

    /**
     * What has to change in a caller's body for this upstream: the model's name, usage always asked for on a stream, the
     * token limit's name, and defaults for fields the caller left out.
     *
     * @param model the model's name at the upstream
     * @param defaults name to JSON text
     */
    public static Splices rewrite(RequestHead head, Provider provider, String model, Map<String, String> defaults) {
        return rewrite(head, provider, model, defaults, tokenField(provider, model));
    }

    /** The same in the body of a caller who asks for a completion as it was before chat: its limit has one name only. */
    public static Splices rewriteText(RequestHead head, Provider provider, String model, Map<String, String> defaults) {
        return rewrite(head, provider, model, defaults, "max_tokens");
    }

    private static Splices rewrite(
            RequestHead head, Provider provider, String model, Map<String, String> defaults, String limitName) {
        Splices splices = new Splices();
        ByteBuilder added = new ByteBuilder(64);
        renameModel(head, model, splices);
        Set<RequestHead.Member> removed = gatewayFields(head);
        RequestHead.Member options = head.member("stream_options");
        if (provider.has(Quirk.NO_STREAM_OPTIONS)) {
            if (options != null) {
                removed.add(options);
            }
        } else if (head.stream()) {
            askForUsage(head, options, splices, added);
        }
        boolean limited = head.maxTokens() >= 0 || hasLimit(head::has) || hasLimit(defaults::containsKey);
        String tokenField = limited ? limitName : "";
        if (!tokenField.isEmpty()) {
            spellLimit(head, tokenField, splices, removed);
        }
        defaults.forEach((name, json) -> {
            boolean isLimit = name.equals("max_tokens") || name.equals("max_completion_tokens");
            String spelled = isLimit && !tokenField.isEmpty() ? tokenField : name;
            boolean said = head.has(name) || head.has(spelled) || (isLimit && head.maxTokens() >= 0);
            if (!said) {
                added.string(spelled).ascii(":").append(Bytes.utf8(json)).ascii(",");
            }
        });
        head.remove(removed, splices);
        if (added.length() > 0) {
            splices.replace(head.afterBrace, head.afterBrace, added.toBytes());
        }
        return splices;
    }

    /**
     * What has to change in the body of a caller whose protocol has no spellings that differ between providers: the model's
     * name, the gateway's own fields, and defaults for fields the caller left out.
     *
     * @param defaults name to JSON text
     */
    public static Splices rename(RequestHead head, String model, Map<String, String> defaults) {
        Splices splices = new Splices();
        renameModel(head, model, splices);
        head.remove(gatewayFields(head), splices);
        ByteBuilder added = new ByteBuilder(64);
        defaults.forEach((name, json) -> {
            if (!head.has(name)) {
                added.string(name).ascii(":").append(Bytes.utf8(json)).ascii(",");
            }
        });
        if (added.length() > 0) {
            splices.replace(head.afterBrace, head.afterBrace, added.toBytes());
        }
        return splices;
    }

    /**
     * The changes for an upstream whose path says the model, and whose body must not.
     *
     * @param added what it needs besides, as JSON by name, where the request does not say it
     * @param streamless whether the path says as well if the answer is streamed
     */
    public static Splices nameless(RequestHead head, Map<String, String> added, boolean streamless) {
        Splices splices = new Splices();
        Set<RequestHead.Member> removed = gatewayFields(head);
        for (String name : streamless ? List.of("model", "stream") : List.of("model")) {
            RequestHead.Member member = head.member(name);
            if (member != null) {
                removed.add(member);
            }
        }
        head.remove(removed, splices);
        ByteBuilder json = new ByteBuilder(64);
        added.forEach((name, value) -> {
            if (!head.has(name)) {
                json.string(name).ascii(":").append(Bytes.utf8(value)).ascii(",");
            }
        });
        if (json.length() > 0) {
            splices.replace(head.afterBrace, head.afterBrace, json.toBytes());
        }
        return splices;
    }

    private static void renameModel(RequestHead head, String model, Splices splices) {
        RequestHead.Member member = head.member("model");
        if (member != null && !head.model().equals(model)) {
            splices.replace(
                    member.valueStart(),
                    member.end(),
                    new ByteBuilder(model.length() + 2).string(model).toBytes());
        }
    }

    private static Set<RequestHead.Member> gatewayFields(RequestHead head) {
        Set<RequestHead.Member> fields = new HashSet<>();
        for (String name : GatewayFields.NAMES) {
            RequestHead.Member own = head.member(name);
            if (own != null) {
                fields.add(own);
            }
        }
        return fields;
    }

    /**
     * What has to be added to a caller's body for an answer that goes on from this text: the text as the model's own, and the
     * request to go on. Plain messages, because few providers go on by themselves from a message of the model's.
     */
    public static void continuing(RequestHead head, String text, Splices splices) {
        RequestHead.Member messages = Objects.requireNonNull(head.member("messages"));
        byte[] added = new ByteBuilder(text.length() + 256)
                .ascii(",{\"role\":\"assistant\",\"content\":")
                .string(text)
                .ascii("},{\"role\":\"user\",\"content\":")
                .string(GO_ON)
                .ascii("}")
                .toBytes();
        splices.replace(messages.end() - 1, messages.end() - 1, added);
    }

    /** The same for a request that is written anew. */
    public static ChatRequest continuing(ChatRequest request, String text) {
        return request.toBuilder()
                .message(Message.assistant(text))
                .message(Message.user(GO_ON))
                .build();
    }

    private static boolean hasLimit(Predicate<String> has) {
        return has.test("max_tokens") || has.test("max_completion_tokens");
    }

    /** Only one of the two names is understood: a limit takes that one, and a null under either says nothing. */
    private static void spellLimit(
            RequestHead head, String tokenField, Splices splices, Set<RequestHead.Member> removed) {
        RequestHead.Member other =
                head.member(tokenField.equals("max_tokens") ? "max_completion_tokens" : "max_tokens");
        RequestHead.Member own = head.member(tokenField);
        if (other == null) {
            return;
        }
        if (other.isNull()) {
            removed.add(other);
        } else if (own == null || own.isNull()) {
            splices.replace(other.start(), other.nameEnd(), Bytes.utf8('"' + tokenField + '"'));
            if (own != null) {
                removed.add(own);
            }
        }
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
            case MAX_COMPLETION_TOKENS_FOR_REASONING -> isReasoningModel(model) ? "max_completion_tokens" : "";
        };
    }

    /** The body of a request. */
    public static byte[] write(ChatRequest request, Provider provider, String model, boolean stream) {
        return write(request, provider, model, stream, new Warnings());
    }

    /** The same, and tells what chat completions, or this provider's, have no word for. */
    public static byte[] write(
            ChatRequest request, Provider provider, String model, boolean stream, Warnings warnings) {
        return new ChatRequestWriter(request, provider, model, warnings).write(stream);
    }

    /** Whether this is one of OpenAI's reasoning models, by its name. */
    static boolean isReasoningModel(String model) {
        return REASONING_MODEL.matcher(model).matches();
    }
}
