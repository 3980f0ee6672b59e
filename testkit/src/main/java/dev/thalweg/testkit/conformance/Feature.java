package dev.thalweg.testkit.conformance;

import static dev.thalweg.testkit.conformance.Protocol.ANTHROPIC;
import static dev.thalweg.testkit.conformance.Protocol.BEDROCK;
import static dev.thalweg.testkit.conformance.Protocol.COHERE;
import static dev.thalweg.testkit.conformance.Protocol.GEMINI;
import static dev.thalweg.testkit.conformance.Protocol.OLLAMA;
import static dev.thalweg.testkit.conformance.Protocol.OPENAI;
import static dev.thalweg.testkit.conformance.Protocol.RESPONSES;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that not every protocol has a word for, with the protocols that have: the one table from which follows what every
 * pair of them can do.
 *
 * <p>What a caller cannot say is not tried. What he says and the upstream's protocol has no word for must be warned of. What
 * an upstream cannot answer is not tried.
 */
public enum Feature {
    /** How the model should behave. */
    INSTRUCTIONS("instructions", all(), all()),
    /** The same in the developer's name: other protocols tell it as any instruction. */
    DEVELOPER("a developer's message", Set.of(OPENAI, RESPONSES), all()),
    /** The conversation, with its images, calls and results. */
    MESSAGES("messages", all(), all()),
    /** An image that the provider has to fetch; Bedrock fetches only from S3, Ollama nothing. */
    IMAGE_URL("an image by its URL", without(BEDROCK, OLLAMA), without(BEDROCK, OLLAMA)),
    /** A file; Ollama and Cohere take text and images. */
    FILE("a file", without(OLLAMA, COHERE), without(OLLAMA, COHERE)),
    /** A tool's result that says it is a failure; protocols without a flag say it in words. */
    TOOL_ERROR("an error flag on a tool's result", Set.of(ANTHROPIC, GEMINI, BEDROCK), all()),
    /** Tools. */
    TOOLS("tools", all(), all()),
    /** Whether one has to be called. */
    TOOL_CHOICE("a tool choice", without(OLLAMA), without(OLLAMA)),
    /** Which one has to be; who cannot name it can have it as the only one. */
    NAMED_TOOL("a tool choice that names a tool", without(OLLAMA, COHERE), without(OLLAMA)),
    /** JSON of a schema. */
    SCHEMA("a JSON schema for the answer", all(), all()),
    /** A limit of the answer's tokens. */
    MAX_TOKENS("a limit of tokens", all(), all()),
    /** How freely to choose words. */
    TEMPERATURE("a temperature", all(), all()),
    /** From how many words. */
    TOP_P("top_p", all(), all()),
    /** The same answer twice. */
    SEED("a seed", without(RESPONSES, ANTHROPIC, BEDROCK), without(RESPONSES, ANTHROPIC, BEDROCK)),
    /** Where to stop. */
    STOP("stop sequences", without(RESPONSES), without(RESPONSES)),
    /** Several answers. */
    CHOICES("several choices", Set.of(OPENAI, GEMINI), Set.of(OPENAI, GEMINI)),
    /** A wish for reasoning. */
    REASONING("a wish for reasoning", all(), all()),
    /** A field that nobody knows: whoever speaks the caller's protocol may. */
    UNKNOWN_FIELD("unknown fields", all(), Set.of()),

    /** The arguments of a call that was cut in the middle of them; Gemini's and Ollama's are whole or not there. */
    CUT_CALL("calls that were cut", without(GEMINI, OLLAMA), without(GEMINI, OLLAMA)),
    /** An end by a filter of contents; Ollama's callers get the word for it that others have. */
    FILTERED("a content filter", all(), without(OLLAMA, COHERE)),
    /** Words of a refusal apart from text; callers of other protocols read them as text. */
    REFUSAL("words for a refusal", all(), Set.of(OPENAI, RESPONSES)),
    /** Reasoning in words that goes back with a proof; chat completions have none of their own. */
    PROVED_REASONING("reasoning with a signature", all(), Set.of(RESPONSES, ANTHROPIC, GEMINI, BEDROCK)),
    /** Reasoning that only the provider can read. */
    SEALED_REASONING("encrypted reasoning", all(), Set.of(RESPONSES, ANTHROPIC, BEDROCK)),
    /** How many tokens of the prompt were in a cache. */
    CACHED_TOKENS("a count of cached tokens", without(OLLAMA), without(OLLAMA, COHERE)),
    /** How many tokens were reasoning. */
    REASONING_TOKENS(
            "a count of reasoning tokens", Set.of(OPENAI, RESPONSES, GEMINI), Set.of(OPENAI, RESPONSES, GEMINI));

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Protocol> callers;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Protocol> providers;

    /**
     * A feature.
     *
     * @param callers the protocols whose callers can say it, or see it in an answer
     * @param providers the protocols whose providers understand it, or answer it
     */
    Feature(String title, Set<Protocol> callers, Set<Protocol> providers) {
        this.title = title;
        this.callers = callers;
        this.providers = providers;
    }

    /** All protocols but these. */
    private static Set<Protocol> without(Protocol first, Protocol... others) {
        return EnumSet.complementOf(EnumSet.of(first, others));
    }

    private static Set<Protocol> all() {
        return EnumSet.allOf(Protocol.class);
    }

    /** What it is, in a short phrase. */
    public String title() {
        return title;
    }

    /** Whether callers of this protocol can say or see it. */
    public boolean callersOf(Protocol front) {
        return callers.contains(front);
    }

    /** Whether a provider of this protocol has a word for it, when a caller of the other one said it. */
    public boolean reaches(Protocol front, Protocol upstream) {
        return providers.contains(upstream) || (this == UNKNOWN_FIELD && front == upstream);
    }

    /** Whether a provider of this protocol can answer it. */
    public boolean providersOf(Protocol upstream) {
        return providers.contains(upstream);
    }

    /** What is asked for, each in a form that can be compared. */
    static Map<Feature, Object> of(Ask ask) {
        var said = new EnumMap<Feature, Object>(Feature.class);
        put(said, INSTRUCTIONS, instructions(ask));
        put(said, MESSAGES, messages(ask));
        put(said, IMAGE_URL, pieces(ask, Turn.ImageUrl.class));
        put(said, FILE, pieces(ask, Turn.Pdf.class));
        put(said, TOOL_ERROR, failed(ask));
        put(said, TOOLS, tools(ask));
        put(said, STOP, List.copyOf(ask.stop));
        if (ask.toolMode != Ask.ToolMode.AUTO) {
            said.put(TOOL_CHOICE, ask.toolMode);
        }
        if (ask.toolMode == Ask.ToolMode.NAMED) {
            said.put(NAMED_TOOL, true);
        }
        if (ask.schema != null) {
            said.put(SCHEMA, Nodes.read(ask.schema));
        }
        if (ask.maxTokens != null) {
            said.put(MAX_TOKENS, ask.maxTokens);
        }
        if (ask.temperature != null) {
            said.put(TEMPERATURE, ask.temperature);
        }
        if (ask.topP != null) {
            said.put(TOP_P, ask.topP);
        }
        if (ask.seed != null) {
            said.put(SEED, ask.seed);
        }
        if (ask.choices > 1) {
            said.put(CHOICES, ask.choices);
        }
        if (ask.wishes(Ask.Wish.REASONING)) {
            said.put(REASONING, true);
        }
        if (ask.wishes(Ask.Wish.UNKNOWN_FIELD)) {
            said.put(UNKNOWN_FIELD, true);
        }
        return said;
    }

    /** What an answer has that not every provider can say. */
    static List<Feature> of(Reply reply) {
        var has = new ArrayList<Feature>();
        if (reply.calls.stream().anyMatch(call -> !Nodes.isJson(call.arguments()))) {
            has.add(CUT_CALL);
        }
        if (reply.finish == Finish.CONTENT_FILTER) {
            has.add(FILTERED);
        }
        if (!reply.refusal.isEmpty()) {
            has.add(REFUSAL);
        }
        if (reply.tokens.cached() > 0) {
            has.add(CACHED_TOKENS);
        }
        if (reply.reasoning.stream().anyMatch(Reasoned::isSealed)) {
            has.add(SEALED_REASONING);
        }
        if (reply.reasoning.stream()
                .anyMatch(one -> !one.isSealed() && !one.proof().isEmpty())) {
            has.add(PROVED_REASONING);
        }
        if (reply.tokens.reasoning() > 0) {
            has.add(REASONING_TOKENS);
        }
        return has;
    }

    /** Whether the caller has to say it in the developer's name. */
    static boolean hasDeveloper(Ask ask) {
        return ask.turns.stream().anyMatch(turn -> turn instanceof Turn.Instruction one && one.developer());
    }

    private static void put(Map<Feature, Object> said, Feature feature, List<?> values) {
        if (!values.isEmpty()) {
            said.put(feature, values);
        }
    }

    private static List<String> instructions(Ask ask) {
        return ask.turns.stream()
                .filter(Turn.Instruction.class::isInstance)
                .map(turn -> ((Turn.Instruction) turn).text())
                .toList();
    }

    /** Where one tool has to be called, the others may as well not be there. */
    private static List<Ask.Tool> tools(Ask ask) {
        return ask.toolMode == Ask.ToolMode.NAMED ? List.of(ask.tools.getFirst()) : List.copyOf(ask.tools);
    }

    private static List<String> failed(Ask ask) {
        return ask.turns.stream()
                .filter(turn -> turn instanceof Turn.Result result && result.failed())
                .map(turn -> ((Turn.Result) turn).callId())
                .toList();
    }

    private static List<Turn> messages(Ask ask) {
        return ask.turns.stream()
                .filter(turn -> !(turn instanceof Turn.Instruction))
                .map(turn -> switch (turn) {
                    case Turn.Result result -> unflagged(result);
                    case Turn.User user -> withoutSources(user);
                    default -> turn;
                })
                .toList();
    }

    /** Without the pieces that not every protocol takes: they are features of their own. */
    private static Turn withoutSources(Turn.User user) {
        return new Turn.User(user.pieces().stream()
                .filter(piece -> !(piece instanceof Turn.ImageUrl) && !(piece instanceof Turn.Pdf))
                .toList());
    }

    private static List<Turn.Piece> pieces(Ask ask, Class<? extends Turn.Piece> kind) {
        return ask.turns.stream()
                .filter(Turn.User.class::isInstance)
                .flatMap(turn -> ((Turn.User) turn).pieces().stream())
                .filter(kind::isInstance)
                .toList();
    }

    /** A failure counts from its last colon on: what is before is how a protocol without a flag says that it is one. */
    private static Turn unflagged(Turn.Result result) {
        String text = result.text();
        int from = result.failed() ? text.lastIndexOf(": ") + 2 : 0;
        return new Turn.Result(result.callId(), text.substring(from < 2 ? 0 : from), false);
    }
}
