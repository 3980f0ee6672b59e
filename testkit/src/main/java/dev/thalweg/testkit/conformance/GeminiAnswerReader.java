package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Reads one answer of Gemini's API, whole or in chunks, strictly. Not thread-safe. */
final class GeminiAnswerReader {
    private static final class Candidate {
        final ArrayNode parts = Nodes.array();
        final StringBuilder text = new StringBuilder();
        final StringBuilder reasoning = new StringBuilder();
        final List<ToolCall> calls = new ArrayList<>();
        String reason = "";
        boolean signed;
        boolean sealed;

        Seen.Choice choice() {
            Finish finish = reason.isEmpty() ? null : GeminiFront.finish(reason, calls);
            return new Seen.Choice(text.toString(), reasoning.toString(), signed, sealed, "", calls, finish);
        }
    }

    private final Map<Integer, Candidate> candidates = new TreeMap<>();
    private @Nullable Tokens tokens;
    private Seen.@Nullable Problem problem;

    Seen whole(JsonNode answer) {
        if (answer.has("error")) {
            return Seen.problem(GeminiFront.problem(answer));
        }
        chunk(answer);
        return seen(true);
    }

    Seen stream(Answer answer) {
        Sse stream = answer.events();
        for (ScriptEvent event : stream.events()) {
            Malformed.unless(event.name().isEmpty(), "an event without a name", event);
            Malformed.unless(problem == null, "nothing after an error but the error", event);
            JsonNode data = Nodes.read(event.data());
            if (data.has("error")) {
                problem = GeminiFront.problem(data);
            } else {
                chunk(data);
            }
        }
        if (stream.torn() && problem != null) {
            // Google's client for JavaScript sees an error only in a document that is no event.
            String rest = answer.body().substring(answer.body().lastIndexOf("\n\n") + 2);
            Malformed.unless(
                    GeminiFront.problem(Nodes.read(rest)).equals(problem), "the error once more", answer.body());
        }
        return seen(answer.clean() && (!stream.torn() || problem != null));
    }

    private Seen seen(boolean whole) {
        boolean complete = whole
                && problem == null
                && !candidates.isEmpty()
                && candidates.values().stream().noneMatch(one -> one.reason.isEmpty());
        List<Seen.Choice> choices =
                candidates.values().stream().map(Candidate::choice).toList();
        String kept =
                candidates.isEmpty() ? "" : kept(candidates.values().iterator().next());
        return new Seen(choices, complete ? tokens : null, problem, complete, complete ? kept : "");
    }

    private static String kept(Candidate candidate) {
        return Nodes.object().put("role", "model").set("parts", candidate.parts).toString();
    }

    private void chunk(JsonNode chunk) {
        Malformed.unless(!Nodes.text(chunk, "responseId").isEmpty(), "a 'responseId'", chunk);
        Nodes.text(chunk, "modelVersion");
        if (chunk.has("usageMetadata")) {
            tokens = GeminiFront.tokens(chunk.path("usageMetadata"));
        }
        for (JsonNode one : Nodes.list(chunk, "candidates")) {
            Candidate candidate = candidates.computeIfAbsent(Nodes.count(one, "index"), index -> new Candidate());
            JsonNode content = one.path("content");
            Nodes.is(content, "role", "model");
            for (JsonNode part : Nodes.list(content, "parts")) {
                candidate.parts.add(part);
                part(part, candidate);
            }
            String reason = Nodes.textOrEmpty(one, "finishReason");
            candidate.reason = reason.isEmpty() ? candidate.reason : reason;
        }
    }

    private static void part(JsonNode part, Candidate into) {
        boolean signed = !Nodes.textOrEmpty(part, "thoughtSignature").isEmpty();
        if (part.path("thought").asBoolean(false)) {
            String words = Nodes.text(part, "text");
            into.reasoning.append(words);
            into.signed |= signed;
            into.sealed |= signed && words.isEmpty();
        } else if (part.has("functionCall")) {
            JsonNode call = part.path("functionCall");
            Malformed.unless(call.path("args").isObject(), "an object as args", part);
            into.calls.add(ToolCall.of(
                    Nodes.text(call, "id"),
                    Nodes.text(call, "name"),
                    call.path("args").toString()));
        } else if (part.has("text")) {
            into.text.append(Nodes.text(part, "text"));
        }
    }
}
