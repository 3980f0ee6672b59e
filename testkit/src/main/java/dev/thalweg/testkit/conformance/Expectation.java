package dev.thalweg.testkit.conformance;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to come of a scenario between one pair of protocols. It follows from the scenario and from {@link Feature}; no pair
 * has expectations of its own.
 *
 * @param scenario the scenario
 * @param front the caller's protocol
 * @param upstream the provider's
 * @param streamed whether the answer is a stream
 */
record Expectation(Scenario scenario, Protocol front, Protocol upstream, boolean streamed) {
    private static final Set<Protocol> REFUSE_IN_TEXT =
            Set.of(Protocol.ANTHROPIC, Protocol.GEMINI, Protocol.BEDROCK, Protocol.OLLAMA, Protocol.COHERE);

    private static final Set<Protocol> WITHOUT_CODES = REFUSE_IN_TEXT;

    /**
     * Compares what was asked with what the upstream received.
     *
     * @return what the upstream's protocol has no word for and was left out, so that a warning is due; empty: nothing
     * @throws Malformed where something is missing that the protocol has a word for
     */
    String leftOut(Ask asked, Ask received) {
        Map<Feature, Object> got = Feature.of(received);
        var missing = new StringBuilder();
        Feature.of(asked).forEach((feature, value) -> {
            Object came = got.get(feature);
            if (!value.equals(came)) {
                if (feature.reaches(front, upstream) && !spared(feature, asked)) {
                    different(feature, value, came);
                }
                missing.append(missing.isEmpty() ? "" : ", ").append(feature.title());
            }
        });
        if (asked.toolMode == Ask.ToolMode.AUTO && received.toolMode != Ask.ToolMode.AUTO) {
            throw new Malformed("expected no tool choice, got " + received.toolMode);
        }
        return missing.toString();
    }

    /** Where it cannot be said that no tool may be called, none are offered. */
    private boolean spared(Feature feature, Ask asked) {
        return feature == Feature.TOOLS
                && asked.toolMode == Ask.ToolMode.NONE
                && !Feature.TOOL_CHOICE.reaches(front, upstream);
    }

    /** Names the first element that differs, where that says more than the whole list. */
    private static void different(Feature feature, Object sent, @Nullable Object came) {
        if (sent instanceof List<?> all && came instanceof List<?> others && all.size() == others.size()) {
            for (int i = 0; i < all.size(); i++) {
                Malformed.unless(
                        Objects.equals(all.get(i), others.get(i)),
                        "the provider to get among " + feature.title() + " " + all.get(i),
                        others.get(i));
            }
        }
        throw new Malformed("expected the provider to get " + feature.title() + " " + sent + ", got " + came);
    }

    /** A warning is due where something was left out. */
    void warned(String leftOut, Answer answer) {
        Malformed.unless(
                leftOut.isEmpty() || !answer.header(Matrix.WARNINGS).isEmpty(),
                "a header " + Matrix.WARNINGS + " that tells of " + leftOut,
                "none");
    }

    /** Compares the answer with what the caller saw. */
    void seen(Seen seen, Answer answer) {
        if (front != upstream && answer.header("content-type").startsWith("text/event-stream") && seen.complete()) {
            Malformed.unless(!answer.body().contains("\r\n"), "lines that end in LF", "CRLF");
        }
        if (scenario.reply().fault == Fault.NONE) {
            whole(seen, scenario.reply());
        } else {
            failed(seen, answer, scenario.reply());
        }
    }

    private void whole(Seen seen, Reply reply) {
        Malformed.unless(seen.problem() == null, "no error", seen.problem());
        Malformed.unless(seen.complete(), "an answer that is complete", seen);
        int choices = Feature.CHOICES.reaches(front, upstream) ? reply.choices : 1;
        same("number of choices", choices, seen.choices().size());
        for (Seen.Choice choice : seen.choices()) {
            same("text", text(reply), choice.text());
            same("refusal", refusesInText() ? "" : reply.wholeRefusal(), choice.refusal());
            same("reasoning", reply.wholeReasoning(), choice.reasoning());
            same("tool calls", reply.calls, choice.calls());
            finish(choice.finish(), reply);
            proofs(choice, reply);
        }
        tokens(seen.tokens(), reply);
    }

    /** Callers of some protocols read a refusal as text. */
    private boolean refusesInText() {
        return REFUSE_IN_TEXT.contains(front);
    }

    private String text(Reply reply) {
        return refusesInText() ? reply.wholeText() + reply.wholeRefusal() : reply.wholeText();
    }

    private void finish(@Nullable Finish came, Reply reply) {
        boolean refused = !reply.refusal.isEmpty() && came == Finish.CONTENT_FILTER;
        if (!refused) {
            same("end", reply.finish, came);
        }
    }

    private static void proofs(Seen.Choice choice, Reply reply) {
        boolean signed = reply.reasoning.stream()
                .anyMatch(one -> !one.isSealed() && !one.proof().isEmpty());
        boolean sealed = reply.reasoning.stream().anyMatch(Reasoned::isSealed);
        Malformed.unless(!signed || choice.signed(), "a signature of the reasoning", choice);
        Malformed.unless(!sealed || choice.sealed(), "the encrypted reasoning", choice);
    }

    /** Chat completions' streams tell the usage only who asks for it. */
    private void tokens(@Nullable Tokens came, Reply reply) {
        boolean told = front != Protocol.OPENAI || !streamed || scenario.ask().wishes(Ask.Wish.USAGE);
        if (!told) {
            return;
        }
        Tokens sent = reply.tokens;
        boolean counted = Feature.REASONING_TOKENS.callersOf(front) && Feature.REASONING_TOKENS.providersOf(upstream);
        boolean cached = Feature.CACHED_TOKENS.callersOf(front) && Feature.CACHED_TOKENS.providersOf(upstream);
        same(
                "usage",
                new Tokens(sent.input(), cached ? sent.cached() : 0, sent.output(), counted ? sent.reasoning() : 0),
                came);
    }

    private void failed(Seen seen, Answer answer, Reply reply) {
        Fault fault = reply.fault;
        Malformed.unless(!seen.complete(), "an answer that does not look complete", seen);
        Seen.Problem problem = seen.problem();
        if (problem == null) {
            throw new Malformed("expected an error, got " + answer.body());
        }
        Malformed.unless(
                problem.message().contains(fault.words()), "a message with \"" + fault.words() + "\"", problem);
        if (fault.isStatus()) {
            same("status", fault.status(), problem.status());
        } else if (problem.status() != 200) {
            Malformed.unless(problem.status() >= 500, "a status of a failing provider", problem);
        }
        if (fault == Fault.RATE_LIMITED) {
            Malformed.unless(
                    answer.header("retry-after").matches("[1-9][0-9]*"), "a header retry-after", answer.headers());
        }
        if (fault == Fault.CONTEXT_LENGTH && hasCodes()) {
            same("code", "context_length_exceeded", problem.code());
        }
        if (fault == Fault.NO_MODEL && hasCodes()) {
            same("code", "model_not_found", problem.code());
        }
        if (streamed && fault.hasContent()) {
            Malformed.unless(!seen.choices().isEmpty(), "the content before the error", answer.body());
            same("text", reply.wholeText(), seen.choices().getFirst().text());
            same("end", null, seen.choices().getFirst().finish());
        } else {
            Malformed.unless(seen.choices().isEmpty(), "an error alone", seen);
        }
    }

    /** Whether the caller's protocol has codes of errors beside their kinds. */
    private boolean hasCodes() {
        return !WITHOUT_CODES.contains(front);
    }

    private static void same(String what, @Nullable Object expected, @Nullable Object came) {
        Malformed.unless(Objects.equals(expected, came), what + " " + expected, String.valueOf(came));
    }
}
