package dev.thalweg.clients;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where what a client gives back may differ when the answer came through the gateway, and why. All else is equal. */
enum Excused {
    /** Every answer of the gateway has an id of its own, by which it is found in the log. */
    REQUEST_ID {
        @Override
        void takeOut(ObjectNode direct, ObjectNode relayed) {
            direct.remove("requestId");
            relayed.remove("requestId");
            error(direct).remove("requestId");
            error(relayed).remove("requestId");
        }
    },
    /** Errors in Gemini's envelope have details with the gateway's request id, which Google's client for Java shows. */
    DETAILS {
        @Override
        void takeOut(ObjectNode direct, ObjectNode relayed) {
            String message = error(relayed).path("message").asString("");
            int details = message.indexOf("\nDetails: ");
            if (details > 0 && !error(direct).path("message").asString("").contains("\nDetails: ")) {
                error(relayed).put("message", message.substring(0, details));
            }
        }
    },
    /**
     * Some clients show the whole body as an error's message (Anthropic's, Google's for Node, Cohere's, Mistral's), and
     * OpenAI's for Java does so with an envelope that is not OpenAI's. The gateway writes errors anew, in their protocol's
     * envelope and with its request id; what is compared is the message in the body.
     */
    BODY_AS_MESSAGE {
        @Override
        void takeOut(ObjectNode direct, ObjectNode relayed) {
            shorten(error(direct));
            shorten(error(relayed));
        }

        private static void shorten(ObjectNode error) {
            String message = error.path("message").asString("");
            Matcher object = OBJECT.matcher(message);
            if (object.find()) {
                int start = object.start();
                JsonNode body = JsonMapper.shared().readTree(message.substring(start));
                JsonNode envelope = body.path("error").isObject() ? body.path("error") : body;
                error.put(
                        "message",
                        message.substring(0, start) + envelope.path("message").asString());
            }
        }
    },
    /** Google's clients hand out the HTTP headers, too, and those are the gateway's. */
    HEADERS {
        @Override
        void takeOut(ObjectNode direct, ObjectNode relayed) {
            for (ObjectNode told : new ObjectNode[] {direct, relayed}) {
                told.path("raw").forEach(answer -> ((ObjectNode) answer).remove("sdkHttpResponse"));
            }
        }
    },
    /** Where a provider's error is text and no object, clients show it with its quotes. */
    BARE_TEXT {
        @Override
        void takeOut(ObjectNode direct, ObjectNode relayed) {
            String message = error(direct).path("message").asString("");
            if (message.contains(" \"") && message.endsWith("\"")) {
                error(direct).put("message", message.replace("\"", ""));
            }
        }
    },
    /** OpenAI's codes are text, and its client for Java cannot read numbers: the gateway makes them text. */
    NUMBER_AS_CODE {
        @Override
        void takeOut(ObjectNode direct, ObjectNode relayed) {
            JsonNode code = error(direct).path("code");
            if (code.isNumber()) {
                error(direct).put("code", code.asString());
            } else if (error(direct).path("code" + UNREADABLE).asString("").contains("invalid")) {
                error(direct).remove("code" + UNREADABLE);
                error(relayed).remove("code");
            }
        }
    },
    /** Of an error the gateway passes on OpenAI's four members; providers of their own have more. */
    OTHER_MEMBERS {
        @Override
        void takeOut(ObjectNode direct, ObjectNode relayed) {
            error(direct).remove("body");
            error(relayed).remove("body");
        }
    },
    /** An error has a type, a code and a param, also where the provider gave none: told by the status, or null. */
    TOLD_FOR_THE_PROVIDER {
        @Override
        void takeOut(ObjectNode direct, ObjectNode relayed) {
            for (String name : new String[] {"type", "code", "param"}) {
                if (!error(direct).hasNonNull(name)) {
                    error(direct).remove(List.of(name, name + UNREADABLE));
                    error(relayed).remove(List.of(name, name + UNREADABLE));
                }
            }
        }
    };

    private static final Pattern OBJECT = Pattern.compile("\\{\\s*\".*}$", Pattern.DOTALL);
    private static final String UNREADABLE = "Unreadable";

    /**
     * What came of a comparison.
     *
     * @param rules what was excused
     * @param differences where the two differ beside that
     */
    record Verdict(Set<Excused> rules, List<String> differences) {}

    /** Makes both equal in what this rule is about. */
    abstract void takeOut(ObjectNode direct, ObjectNode relayed);

    /** The error in what a driver told; an object of nobody where it raised nothing. */
    static ObjectNode error(ObjectNode told) {
        return told.path("error") instanceof ObjectNode error
                ? error
                : JsonMapper.shared().createObjectNode();
    }

    /** Leaves of an error's body what is not told beside it. */
    private static void withoutKnownMembers(ObjectNode told) {
        if (error(told).path("body") instanceof ObjectNode body) {
            body.remove(List.of("message", "type", "code", "param", "request_id"));
        } else {
            error(told).putObject("body");
        }
    }

    static Verdict compare(JsonNode direct, JsonNode relayed) {
        ObjectNode one = (ObjectNode) direct.deepCopy();
        ObjectNode other = (ObjectNode) relayed.deepCopy();
        withoutKnownMembers(one);
        withoutKnownMembers(other);
        Set<Excused> rules = EnumSet.noneOf(Excused.class);
        List<String> left = Differences.between(one, other);
        for (Excused rule : values()) {
            rule.takeOut(one, other);
            List<String> still = Differences.between(one, other);
            if (still.size() < left.size()) {
                rules.add(rule);
            }
            left = still;
        }
        return new Verdict(rules, left);
    }
}
