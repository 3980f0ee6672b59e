package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a provider answers, in no protocol's words. Built by one thread; not changed once a scenario holds it. */
public final class Reply {
    /** What a stream has in it beside the answer, or how it comes. */
    public enum Noise {
        /** Signs of life between the events. */
        PINGS,
        /** Events and fields that nobody knows. */
        UNKNOWN,
        /** Lines that end in CRLF. */
        CRLF,
        /** A byte at a time. */
        SPLIT
    }

    final List<Reasoned> reasoning = new ArrayList<>();
    final List<String> text = new ArrayList<>();
    final List<String> refusal = new ArrayList<>();
    final List<ToolCall> calls = new ArrayList<>();
    final Set<Noise> noise = EnumSet.noneOf(Noise.class);
    Finish finish = Finish.STOP;
    Fault fault = Fault.NONE;
    Tokens tokens = new Tokens(21, 0, 8, 0);
    int choices = 1;

    private Reply() {}

    /** An answer of text in these pieces. */
    static Reply text(String... pieces) {
        var reply = new Reply();
        reply.text.addAll(List.of(pieces));
        return reply;
    }

    /** An answer that calls these tools. */
    static Reply calls(ToolCall... calls) {
        return text().andCalls(calls);
    }

    Reply andCalls(ToolCall... more) {
        calls.addAll(List.of(more));
        finish = Finish.TOOL_CALLS;
        return this;
    }

    Reply reasoning(Reasoned... all) {
        reasoning.addAll(List.of(all));
        return this;
    }

    /** An answer that refuses in these pieces. */
    static Reply refusal(String... pieces) {
        var reply = new Reply();
        reply.refusal.addAll(List.of(pieces));
        return reply;
    }

    Reply finish(Finish how) {
        finish = how;
        return this;
    }

    Reply fault(Fault what) {
        fault = what;
        return this;
    }

    Reply noise(Noise... what) {
        noise.addAll(List.of(what));
        return this;
    }

    Reply tokens(int input, int cached, int output, int reasoningTokens) {
        tokens = new Tokens(input, cached, output, reasoningTokens);
        return this;
    }

    Reply choices(int n) {
        choices = n;
        return this;
    }

    /** What goes wrong. */
    public Fault fault() {
        return fault;
    }

    boolean noisy(Noise kind) {
        return noise.contains(kind);
    }

    String wholeText() {
        return String.join("", text);
    }

    String wholeRefusal() {
        return String.join("", refusal);
    }

    String wholeReasoning() {
        return String.join("", reasoning.stream().map(Reasoned::text).toList());
    }

    /** The answer as a turn of the conversation that goes on. */
    Turn.Assistant turn() {
        return new Turn.Assistant(reasoning, wholeText(), calls);
    }
}
