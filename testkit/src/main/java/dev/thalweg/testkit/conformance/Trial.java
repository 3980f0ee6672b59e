package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.ArrayList;
import java.util.List;

/** Runs one scenario in one form through a gateway that is running. */
final class Trial {
    private static final Reply SECOND = Reply.text("I see.");

    private final Scenario scenario;
    private final Front front;
    private final Upstream upstream;
    private final boolean streamed;

    Trial(Scenario scenario, Front front, Upstream upstream, boolean streamed) {
        this.scenario = scenario;
        this.front = front;
        this.upstream = upstream;
        this.streamed = streamed;
    }

    /** What was left out, with a warning; empty: nothing. */
    String run(ScriptedUpstream server, Gateways.Running gateway) {
        Outcome first = ask(scenario, scenario.ask(), scenario.ask(), server, gateway);
        if (scenario.then().isEmpty()) {
            return first.leftOut();
        }
        Ask sent = scenario.ask().then(after(new Turn.Kept(first.seen().kept())));
        Ask meant = scenario.ask().then(after(scenario.reply().turn()));
        Scenario next = new Scenario(scenario.name(), sent, SECOND, scenario.forms(), List.of());
        Outcome second = ask(next, sent, meant, server, gateway);
        return first.leftOut().isEmpty() ? second.leftOut() : first.leftOut();
    }

    private List<Turn> after(Turn answer) {
        var turns = new ArrayList<>(List.of(answer));
        turns.addAll(scenario.then());
        return turns;
    }

    private record Outcome(Seen seen, String leftOut) {}

    /** Sends a request, which means this to the provider, and compares both sides. */
    private Outcome ask(Scenario now, Ask sent, Ask meant, ScriptedUpstream server, Gateways.Running gateway) {
        int before = server.requests().size();
        server.answer(request -> upstream.answer(now.reply(), request));
        Answer answer = Answer.to(front.call(sent, Matrix.MODEL, gateway.key(), streamed), gateway.port());
        List<RecordedRequest> all = server.requests();
        List<RecordedRequest> requests = all.subList(before, all.size());
        Malformed.unless(
                requests.size() == 1, "one request at the provider", requests.size() + ", and " + answer.body());
        var expectation = new Expectation(now, front.protocol(), upstream.protocol(), streamed);
        String leftOut = expectation.leftOut(meant, upstream.received(requests.getFirst()));
        Seen seen = front.read(answer, sent, streamed);
        expectation.seen(seen, answer);
        expectation.warned(leftOut, answer);
        return new Outcome(seen, leftOut);
    }
}
