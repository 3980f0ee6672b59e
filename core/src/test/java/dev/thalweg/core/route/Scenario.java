package dev.thalweg.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Plays a story of routing with a clock that stands until it is told to go on, and dice that always show the least. First
 * come settings ({@code gpt = a b(max=1)} is a group), then what happens, with {@code ->} the step that is expected.
 * A line may begin with a request's name and a colon.
 */
final class Scenario {
    /** Dice that always show the least. */
    static final RandomGenerator LEAST = () -> 0L;

    private static final Map<String, FailureClass> FAILURES = Map.of(
            "connect", FailureClass.CONNECTION,
            "500", FailureClass.INTERNAL_SERVER,
            "timeout", FailureClass.TIMEOUT,
            "429", FailureClass.RATE_LIMIT,
            "401", FailureClass.AUTHENTICATION,
            "404", FailureClass.NOT_FOUND,
            "context", FailureClass.CONTEXT_WINDOW,
            "policy", FailureClass.CONTENT_POLICY,
            "400", FailureClass.BAD_REQUEST,
            "own", FailureClass.OWN);

    private final Settings settings = new Settings();
    private final Map<String, DeploymentState> states = new HashMap<>();
    private final Map<String, Candidate> candidates = new HashMap<>();
    private final Map<String, ModelGroup<String>> groups = new LinkedHashMap<>();
    private final Map<String, RoutePlan<String>> plans = new HashMap<>();
    private final Map<String, Runnable> waiters = new HashMap<>();
    private final List<String> called = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private long now = 1_000_000_000_000L;

    /** A story with its name. */
    static Arguments story(String name, String story) {
        return Arguments.of(name, story);
    }

    static void play(String story) {
        Scenario scenario = new Scenario();
        story.lines().filter(line -> !line.isBlank()).forEach(line -> {
            try {
                scenario.line(line.strip());
            } catch (RuntimeException e) {
                throw new AssertionError("in line: " + line, e);
            }
        });
    }

    private void line(String line) {
        if (line.contains(" = ")) {
            String[] sides = line.split(" = ", 2);
            if (!settings.set(sides[0].strip(), sides[1].strip())) {
                group(sides[0].strip(), sides[1].strip());
            }
            return;
        }
        String[] sides = line.split("->", 2);
        String[] words = sides[0].strip().split(" +");
        String request = "r";
        if (words[0].endsWith(":")) {
            request = words[0].replace(":", "");
            words = List.of(words).subList(1, words.length).toArray(String[]::new);
        }
        String came = happened(request, words);
        assertThat(came).as(line).isEqualTo(sides.length == 2 ? sides[1].strip() : "");
    }

    private void group(String name, String members) {
        List<Member<String>> all = new ArrayList<>();
        for (String member : members.split(" ")) {
            Candidate candidate = Settings.candidate(member);
            candidates.put(candidate.id(), candidate);
            all.add(new Member<>(
                    candidate, states.computeIfAbsent(candidate.id(), id -> new DeploymentState()), candidate.id()));
        }
        groups.put(name, new ModelGroup<>(name, all, settings.strategy, settings.retries(), new GroupState()));
    }

    private String happened(String request, String[] words) {
        String what = words[0];
        RoutePlan<String> plan = plans.get(request);
        return switch (what) {
            case "begin" -> step(begin(request, words));
            case "resume" -> step(plan.resume(now, LEAST));
            case "unroomed" -> step(plan.queueTimeout(now, LEAST));
            case "join" -> join(request, plan);
            case "ok" -> nothing(() -> plan.succeeded(now, words.length > 1 ? Long.parseLong(words[1]) : 0));
            case "token" -> nothing(() -> plan.firstToken(now));
            case "leave" -> nothing(plan::abandoned);
            case "broken" -> nothing(() -> plan.failedForGood(FAILURES.get(words[1]), asked(words), now));
            case "alternative" -> plan.hasAlternative(now) ? "yes" : "no";
            case "fallbacks" -> plan.fallbacks() + " " + plan.group().name();
            case "called" -> drained(called);
            case "heard" -> drained(heard);
            case "status" -> status(words[1]);
            case "inflight" -> String.valueOf(states.get(words[1]).inFlight());
            default ->
                what.startsWith("+") ? nothing(() -> now += nanos(what.substring(1))) : step(failed(plan, words));
        };
    }

    private static String nothing(Runnable what) {
        what.run();
        return "";
    }

    private static String drained(List<String> list) {
        String all = String.join(" ", list);
        list.clear();
        return all.isEmpty() ? "nobody" : all;
    }

    private Step<String> begin(String name, String[] words) {
        ModelGroup<String> first = groups.values().iterator().next();
        String of = option(words, "group");
        RoutePlan<String> plan = new RoutePlan<>(
                of == null ? first : groups.get(of),
                asked -> Optional.ofNullable(groups.get(settings.aliases.getOrDefault(asked, asked))),
                settings.policy(),
                request(words),
                listener());
        plans.put(name, plan);
        return plan.begin(now, LEAST);
    }

    private RouteListener<String> listener() {
        return new RouteListener<>() {
            @Override
            public void coolsDown(Member<? extends String> deployment, FailureClass cause, Duration time) {
                heard.add(deployment.candidate().id() + "-cools-" + time.toMillis() + "ms-" + cause);
            }

            @Override
            public void recovered(Member<? extends String> deployment) {
                heard.add(deployment.candidate().id() + "-recovered");
            }

            @Override
            public void askedEvenSo(Member<? extends String> deployment, Duration left) {
                heard.add(deployment.candidate().id() + "-asked-even-so");
            }
        };
    }

    private static RouteRequest request(String[] words) {
        String tags = option(words, "tags");
        String retries = option(words, "retries");
        String fallbacks = option(words, "fallbacks");
        List<String> forbidden = Settings.list(option(words, "forbidden"));
        return new RouteRequest(
                List.of(words).contains("stream"),
                Set.copyOf(Settings.list(tags)),
                option(words, "region"),
                option(words, "session"),
                retries == null ? null : Integer.valueOf(retries),
                fallbacks == null || fallbacks.equals("off") ? null : Settings.list(fallbacks),
                "off".equals(fallbacks),
                name -> !forbidden.contains(name));
    }

    private Step<String> failed(RoutePlan<String> plan, String[] words) {
        String left = option(words, "left");
        FailureClass failure = FAILURES.get(words[0]);
        if (failure == null) {
            throw new IllegalArgumentException("no such event: " + words[0]);
        }
        return plan.failed(failure, asked(words), now, left == null ? Long.MAX_VALUE : nanos(left), LEAST);
    }

    private String join(String request, RoutePlan<String> plan) {
        Runnable waiter = () -> called.add(request);
        waiters.put(request, waiter);
        return plan.queue(waiter, now) ? "yes" : "no";
    }

    private String status(String id) {
        DeploymentState.Status status = states.get(id).status(candidates.get(id), now);
        String cooling = status.coolingNanos() > 0 ? " " + status.coolingNanos() / 1_000_000 + "ms" : "";
        String cause = status.cause() == null ? "" : " " + status.cause();
        return status.verdict() + cooling + (status.trial() ? " trial" : "") + cause;
    }

    private static String step(Step<String> step) {
        return switch (step) {
            case Step.Attempt<String> attempt ->
                (attempt.panic() ? "panic " : "ask ")
                        + attempt.member().target()
                        + (attempt.why().startsWith("a trial") ? " trial" : "");
            case Step.Wait<String> wait -> "wait " + wait.time().toMillis() + "ms";
            case Step.Queue<String> queue -> "queue " + queue.most().toMillis() + "ms";
            case Step.Stop<String> stop ->
                "stop" + (stop.failure() == null ? "" : " " + stop.failure())
                        + (stop.retryAfter() == null
                                ? ""
                                : " " + stop.retryAfter().toMillis() + "ms");
        };
    }

    private static Duration asked(String[] words) {
        String asked = option(words, "asked");
        return asked == null ? null : Duration.ofNanos(nanos(asked));
    }

    private static String option(String[] words, String name) {
        for (String word : words) {
            if (word.startsWith(name + "=")) {
                return word.substring(name.length() + 1);
            }
        }
        return null;
    }

    private static long nanos(String time) {
        return Settings.time(time).toNanos();
    }
}
