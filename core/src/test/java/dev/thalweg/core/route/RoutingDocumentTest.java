package dev.thalweg.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.error.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/routing.md say what the engine does: each row is made by asking it. */
class RoutingDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "routing.md");
    private static final Path WRITTEN = Path.of("target", "routing.md");

    @Test
    void theTablesAreWhatTheEngineDoes() throws IOException {
        String document = Files.readString(DOCUMENT);
        String written = document;
        for (Map.Entry<String, String> table : tables().entrySet()) {
            written = between(written, table.getKey(), table.getValue());
        }
        Files.writeString(WRITTEN, written);
        assertThat(document)
                .as("docs/routing.md; as it should be it was written to core/target/routing.md: copy it over")
                .isEqualTo(written);
    }

    private static Map<String, String> tables() {
        return Map.of(
                "classes", table("| class | errors |", RoutingDocumentTest::errors),
                "cooldown",
                        table(
                                "| class | cools down | first, second, third time | when told 30 s |",
                                RoutingDocumentTest::cooldown),
                "retry",
                        table(
                                "| class | another deployment open | nobody else open | `retry_policy` of 5 |",
                                RoutingDocumentTest::retry),
                "fallback", table("| class | opens |", RoutingDocumentTest::fallback));
    }

    private static String between(String document, String name, String table) {
        String begin = "<!-- begin " + name + " -->\n";
        String end = "<!-- end " + name + " -->";
        assertThat(document).contains(begin, end);
        return document.substring(0, document.indexOf(begin) + begin.length())
                + table
                + document.substring(document.indexOf(end));
    }

    private static String table(String heading, Function<FailureClass, String> row) {
        String line = heading.replaceAll("[^|]+", " --- ");
        return heading + "\n" + line + "\n"
                + Stream.of(FailureClass.values())
                        .map(failure -> "| " + name(failure) + " | " + row.apply(failure) + " |\n")
                        .collect(Collectors.joining());
    }

    private static String name(FailureClass failure) {
        return failure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String errors(FailureClass failure) {
        String kinds = Stream.of(ErrorKind.values())
                .filter(kind -> FailureClass.of(kind) == failure)
                .map(kind -> "`" + kind.name().toLowerCase(Locale.ROOT) + "`")
                .collect(Collectors.joining(", "));
        assertThat(kinds).as("each class has an error").isNotEmpty();
        return kinds;
    }

    private static String cooldown(FailureClass failure) {
        Breaker breaker = new Breaker();
        int failures = 0;
        while (breaker.state(0) == Breaker.State.CLOSED && failures < 1_000) {
            failures++;
            fail(breaker, failure, null, 0, false);
        }
        if (failures == 1_000) {
            return "never | – | –";
        }
        long now = 0;
        StringBuilder times = new StringBuilder();
        for (int time = 0; time < 3; time++) {
            times.append(time == 0 ? "" : ", ").append(seconds(breaker.leftOpen(now)));
            now += breaker.leftOpen(now);
            fail(breaker, failure, null, now, breaker.begin(now));
        }
        Breaker told = new Breaker();
        for (int i = 0; i < failures; i++) {
            fail(told, failure, Duration.ofSeconds(30), 0, false);
        }
        return "after %s | %s | %s"
                .formatted(failures == 1 ? "the first" : failures + " in a minute", times, seconds(told.leftOpen(0)));
    }

    private static void fail(Breaker breaker, FailureClass failure, Duration asked, long now, boolean trial) {
        breaker.failed(now, failure, asked, breaker.openings(), trial, BreakerRules.DEFAULT);
    }

    private static String seconds(long nanos) {
        return Duration.ofNanos(nanos).toSeconds() + " s";
    }

    private static String retry(FailureClass failure) {
        RetryRules asConfigured = RetryRules.of(2);
        RetryRules five = new RetryRules(2, Map.of(failure, 5));
        Step<String> another = new Asked(asConfigured, "a b", RoutePolicy.DEFAULT).fails(failure);
        Step<String> same = new Asked(asConfigured, "a", RoutePolicy.DEFAULT).fails(failure);
        Asked policy = new Asked(five, "a b c d e f g", RoutePolicy.DEFAULT);
        int attempts = 1;
        while (policy.fails(failure) instanceof Step.Attempt<String>) {
            attempts++;
        }
        return "%s | %s | %s".formatted(words(another), words(same), attempts == 1 ? "none" : attempts - 1);
    }

    private static String words(Step<String> step) {
        return switch (step) {
            case Step.Attempt<String> attempt -> "at once, there";
            case Step.Wait<String> wait -> "the same after a wait";
            case Step.Queue<String> queue -> "waits for room";
            case Step.Stop<String> stop -> "no";
        };
    }

    private static String fallback(FailureClass failure) {
        Map<String, List<String>> other = Map.of("gpt", List.of("other"));
        Map<String, List<String>> empty = Map.of();
        return Stream.of(
                        opens(failure, "`fallbacks`, else `default_fallbacks`", lists(other, empty, empty)),
                        opens(failure, "`context_window_fallbacks`", lists(empty, other, empty)),
                        opens(failure, "`content_policy_fallbacks`", lists(empty, empty, other)))
                .filter(name -> !name.isEmpty())
                .collect(
                        Collectors.collectingAndThen(Collectors.joining(", "), all -> all.isEmpty() ? "nothing" : all));
    }

    private static String opens(FailureClass failure, String name, RoutePolicy policy) {
        return new Asked(RetryRules.of(0), "a", policy).fails(failure) instanceof Step.Attempt<String> ? name : "";
    }

    private static RoutePolicy lists(
            Map<String, List<String>> general, Map<String, List<String>> context, Map<String, List<String>> content) {
        RoutePolicy none = RoutePolicy.DEFAULT;
        return new RoutePolicy(
                none.breaker(),
                general,
                context,
                content,
                none.defaultFallbacks(),
                none.maxFallbacks(),
                false,
                true,
                false,
                none.maxQueue(),
                none.queueTimeout());
    }

    /** A request whose first attempt is under way, at a group that has a stand-in called other. */
    private static final class Asked {
        private final RoutePlan<String> plan;

        Asked(RetryRules retries, String members, RoutePolicy policy) {
            ModelGroup<String> other = group("other", RetryRules.of(0), "z");
            ModelGroup<String> gpt = group("gpt", retries, members);
            for (int i = 0; i < 100; i++) {
                gpt.state().retries().request(0);
            }
            plan = new RoutePlan<>(gpt, name -> Optional.of(other), policy, RouteRequest.of(false), RouteListener.NONE);
            plan.begin(0, Scenario.LEAST);
        }

        Step<String> fails(FailureClass failure) {
            return plan.failed(failure, null, 0, Long.MAX_VALUE, Scenario.LEAST);
        }

        private static ModelGroup<String> group(String name, RetryRules retries, String members) {
            return new ModelGroup<>(
                    name,
                    Stream.of(members.split(" "))
                            .map(id -> new Member<>(Candidate.of(id), new DeploymentState(), id))
                            .toList(),
                    Strategies.byDefault(),
                    retries,
                    new GroupState());
        }
    }
}
