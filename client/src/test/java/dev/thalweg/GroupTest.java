package dev.thalweg;

import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.Attempt;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What tests of groups begin with: two upstreams behind the deployments {@code one} and {@code two}. */
abstract class GroupTest extends SdkTest {
    final ScriptedUpstream second = ScriptedUpstream.start();

    @AfterEach
    void stopTheSecond() {
        second.close();
    }

    final Deployment.Builder one() {
        return Deployment.builder(MODEL).id("one").baseUrl(upstream.url()).apiKey("sk-one");
    }

    final Deployment.Builder two() {
        return Deployment.builder("openai/gpt-4o")
                .id("two")
                .baseUrl(second.url())
                .apiKey("sk-two");
    }

    /** The group {@code fast} of both, in this order. */
    final Routing.Builder both() {
        return Routing.builder().strategy(RoutingStrategy.PRIORITY_ORDER).group("fast", one().build(), two().build());
    }

    /** The group {@code fast} of the first, and {@code smart} of the second. */
    final Routing.Builder apart() {
        return Routing.builder().group("fast", one().build()).group("smart", two().build());
    }

    final void routed(Routing.Builder routing) {
        routed(routing, 1);
    }

    final void routed(Routing.Builder routing, int retries) {
        thalweg.close();
        thalweg = client().retries(retries).routing(routing.build()).build();
    }

    final String complete() {
        return thalweg.complete("fast", "Hello").content();
    }

    static Script failure(int status) {
        return OpenAiScripts.error(status, "server_error", null, "Oops");
    }

    static Script badRequest(String code) {
        return OpenAiScripts.error(400, "invalid_request_error", code, "No");
    }

    /** Each attempt as {@code deployment error}. */
    static List<String> words(List<Attempt> attempts) {
        return attempts.stream()
                .map(attempt -> (attempt.deployment() + " " + attempt.error()).strip())
                .toList();
    }

    static List<String> attemptsOf(Throwable failure) {
        return words(((ThalwegException) failure).attempts());
    }
}
