package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.conformance.Ask.ToolMode;
import dev.thalweg.testkit.conformance.Ask.Wish;
import dev.thalweg.testkit.conformance.Reply.Noise;
import java.util.ArrayList;
import java.util.List;

/** The scenarios, each declared once. */
final class Scenarios {
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static final String PDF = "JVBERi0xLjQKJcOkw7zDtsOfCnRyYWlsZXI8PC9Sb290IDEgMCBSPj4KJSVFT0Y=";
    private static final String SCHEMA = """
            {"type":"object","properties":{"city":{"type":"string"},"degrees":{"type":"integer"}},\
            "required":["city","degrees"],"additionalProperties":false}""";
    private static final Ask.Tool WEATHER = new Ask.Tool(
            "get_weather",
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}");
    private static final Ask.Tool CLOCK = new Ask.Tool("get_time", "{\"type\":\"object\",\"properties\":{}}");
    private static final ToolCall BERN = ToolCall.of("call_a1", "get_weather", "{\"city\"", ":\"Be", "rn\"}");
    private static final ToolCall OSLO = ToolCall.of("call_b2", "get_weather", "{\"city\":", "\"Oslo \\\"N\\\"\"}");
    private static final ToolCall TIME = ToolCall.of("call_c3", "get_time");

    /** All characters of Base64, and an end that padding gives. */
    private static final String PROOF = "EqoBCkgIARABGAIiQL+/09azAZ8xYyhq7uPwK2fJ0m4Vd9sTgQbRcNnEeLtOhXiUaW6k3l5D+w==";

    private Scenarios() {}

    static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        all.addAll(text());
        all.addAll(tools());
        all.addAll(reasoning());
        all.addAll(prompts());
        all.addAll(settings());
        all.addAll(ends());
        all.addAll(faults());
        all.addAll(noises());
        return List.copyOf(all);
    }

    private static List<Scenario> text() {
        return List.of(
                Scenario.of("plain text", hello(), Reply.text("Hello", " there", ".")),
                Scenario.of(
                        "emoji, right-to-left, separators, escapes",
                        Ask.user("Echo: 👩‍🚀 שלום \u2028 \"\\\n\t\u0001"),
                        Reply.text("👩‍🚀 é", " שלום עולם ", "a\u2028b\u2029c\u0085d", "\"\\/\n\r\t\u0001<&>", "…")),
                Scenario.of(
                        "usage", hello().wish(Wish.USAGE), Reply.text("Hello.").tokens(1200, 1000, 34, 0)),
                Scenario.of(
                        "usage with reasoning tokens",
                        hello().wish(Wish.USAGE),
                        Reply.text("Hello.").tokens(1200, 1000, 340, 256)),
                Scenario.of("usage not asked for", hello(), Reply.text("Hello.").tokens(1200, 0, 34, 0)));
    }

    private static List<Scenario> tools() {
        return List.of(
                Scenario.of("one tool call", weather(), Reply.calls(BERN)),
                Scenario.of("parallel tool calls", weather(), Reply.calls(BERN, OSLO, TIME)),
                Scenario.of("zero-argument call", weather(), Reply.calls(TIME)),
                Scenario.of(
                        "text and tool call",
                        weather(),
                        Reply.text("Let me ", "look.").andCalls(BERN)),
                Scenario.streamed(
                        "tool call cut by length",
                        weather(),
                        Reply.calls(ToolCall.of("call_a1", "get_weather", "{\"city\":", "\"Be"))
                                .finish(Finish.LENGTH)),
                Scenario.of(
                        "tool round trip",
                        weather().then(List.of(called(BERN), new Turn.Result("call_a1", "4 degrees, \"rain\"", false))),
                        Reply.text("It rains.")),
                Scenario.of(
                        "tool round trip of parallel calls",
                        weather()
                                .then(List.of(
                                        called(BERN, OSLO),
                                        new Turn.Result("call_a1", "4", false),
                                        new Turn.Result("call_b2", "-3", false))),
                        Reply.text("It is cold.")),
                Scenario.of(
                        "tool result with error flag",
                        weather().then(List.of(called(BERN), new Turn.Result("call_a1", "Error: no such city", true))),
                        Reply.text("I could not find it.")),
                Scenario.of("tool choice required", weather(ToolMode.REQUIRED), Reply.calls(BERN)),
                Scenario.of("tool choice named", weather(ToolMode.NAMED), Reply.calls(BERN)),
                Scenario.of("tool choice none", weather(ToolMode.NONE), Reply.text("I may not look.")),
                Scenario.of("tool call, then its result in the next turn", weather(), Reply.calls(BERN))
                        .then(new Turn.Result("call_a1", "4 degrees", false)),
                Scenario.of(
                        "structured output",
                        Ask.user("Weather in Bern?").schema(SCHEMA),
                        Reply.text("{\"city\":", "\"Bern\",\"degrees\":4}")));
    }

    private static List<Scenario> reasoning() {
        return List.of(
                Scenario.of(
                        "reasoning shown",
                        thinking(),
                        Reply.text("Four.").reasoning(Reasoned.words("Two and", " two."))),
                Scenario.of(
                        "reasoning with signature",
                        thinking(),
                        Reply.text("Four.").reasoning(Reasoned.signed(PROOF, "Two and", " two."))),
                Scenario.of(
                                "reasoning with signature, returned with a tool result",
                                weather().wish(Wish.REASONING),
                                Reply.calls(BERN).reasoning(Reasoned.signed(PROOF, "I have to", " look.")))
                        .then(new Turn.Result("call_a1", "4 degrees", false)),
                Scenario.of(
                                "encrypted reasoning, returned",
                                thinking(),
                                Reply.text("Four.").reasoning(Reasoned.sealed(PROOF)))
                        .then(Turn.user("And three and three?")));
    }

    private static List<Scenario> prompts() {
        return List.of(
                Scenario.of(
                        "system message",
                        Ask.of(new Turn.Instruction("Be brief.", false), Turn.user("Hi")),
                        Reply.text("Hello.")),
                Scenario.of(
                        "developer message",
                        Ask.of(new Turn.Instruction("Be brief.", true), Turn.user("Hi")),
                        Reply.text("Hello.")),
                Scenario.of(
                        "several turns",
                        Ask.of(Turn.user("My name is Ada."), said("Hello Ada."), Turn.user("What is my name?")),
                        Reply.text("Ada.")),
                Scenario.of(
                        "image by URL", shown(new Turn.ImageUrl("https://example.com/cat.png")), Reply.text("A cat.")),
                Scenario.of("image as Base64", shown(new Turn.ImageData("image/png", PNG)), Reply.text("A dot.")),
                Scenario.of("file (PDF) as Base64", shown(new Turn.Pdf(PDF)), Reply.text("A page.")),
                Scenario.of("unknown request fields", hello().wish(Wish.UNKNOWN_FIELD), Reply.text("Hello.")));
    }

    private static List<Scenario> settings() {
        return List.of(
                Scenario.of("max tokens", hello().maxTokens(321), Reply.text("Hello.")),
                Scenario.of("temperature", hello().temperature(0.5), Reply.text("Hello.")),
                Scenario.of("top_p", hello().topP(0.75), Reply.text("Hello.")),
                Scenario.of("seed", hello().seed(42), Reply.text("Hello.")),
                Scenario.of("stop sequences", hello().stop("END", "STOP"), Reply.text("Hello.")),
                Scenario.of("n=2", hello().choices(2), Reply.text("Hel", "lo.").choices(2)));
    }

    private static List<Scenario> ends() {
        return List.of(
                Scenario.of("finish by length", hello(), Reply.text("Hel", "lo").finish(Finish.LENGTH)),
                Scenario.of("content filter", hello(), Reply.text("Hel", "lo").finish(Finish.CONTENT_FILTER)),
                Scenario.of("refusal", hello(), Reply.refusal("I cannot", " do that.")));
    }

    private static List<Scenario> faults() {
        return List.of(
                Scenario.of("error 400", hello(), fault(Fault.BAD_REQUEST)),
                Scenario.of("error 401", hello(), fault(Fault.UNAUTHORIZED)),
                Scenario.of("error 404, model", hello(), fault(Fault.NO_MODEL)),
                Scenario.of("error 429 with retry-after", hello(), fault(Fault.RATE_LIMITED)),
                Scenario.of("error 500", hello(), fault(Fault.SERVER_ERROR)),
                Scenario.of("error, context length", hello(), fault(Fault.CONTEXT_LENGTH)),
                Scenario.of("error in the first event", hello(), fault(Fault.FIRST_EVENT)),
                Scenario.streamed("error after content", hello(), fault(Fault.AFTER_CONTENT)),
                Scenario.of("cut after content", hello(), fault(Fault.CUT)),
                Scenario.streamed("stall after content", hello(), fault(Fault.STALL)));
    }

    private static List<Scenario> noises() {
        return List.of(
                Scenario.streamed("keep-alives of the provider", weather(), rich().noise(Noise.PINGS)),
                Scenario.of("unknown events and fields", weather(), rich().noise(Noise.UNKNOWN)),
                Scenario.streamed("CRLF", weather(), rich().noise(Noise.CRLF)),
                Scenario.streamed("a byte at a time", weather(), rich().noise(Noise.SPLIT)));
    }

    private static Ask hello() {
        return Ask.user("Say hello.");
    }

    private static Ask weather() {
        return weather(ToolMode.AUTO);
    }

    private static Ask weather(ToolMode mode) {
        return Ask.user("What is the weather?").tools(mode, WEATHER, CLOCK);
    }

    private static Ask thinking() {
        return Ask.user("Two and two?").wish(Wish.REASONING);
    }

    private static Ask shown(Turn.Piece piece) {
        return Ask.of(new Turn.User(List.of(new Turn.Words("What is this?"), piece)));
    }

    private static Turn called(ToolCall... calls) {
        return new Turn.Assistant(List.of(), "", List.of(calls));
    }

    private static Turn said(String text) {
        return new Turn.Assistant(List.of(), text, List.of());
    }

    private static Reply fault(Fault fault) {
        return Reply.text("Hel", "lo").fault(fault);
    }

    private static Reply rich() {
        return Reply.text("Für 👩‍🚀 ", "sehe ich nach.").andCalls(BERN, OSLO);
    }
}
