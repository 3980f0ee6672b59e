package dev.thalweg.core.route;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings of a {@link Scenario}. */
final class Settings {
    private static final Map<String, FailureClass> CLASSES = Map.of(
            "BadRequest", FailureClass.BAD_REQUEST,
            "Internal", FailureClass.INTERNAL_SERVER,
            "RateLimit", FailureClass.RATE_LIMIT,
            "Timeout", FailureClass.TIMEOUT,
            "Authentication", FailureClass.AUTHENTICATION);

    final Map<String, String> aliases = new HashMap<>();
    Strategy strategy = Strategies.byDefault();

    private final Map<FailureClass, Integer> retriesOf = new HashMap<>();
    private final Map<FailureClass, Integer> allowedOf = new HashMap<>();
    private final Map<String, List<String>> fallbacks = new HashMap<>();
    private final Map<String, List<String>> contextWindow = new HashMap<>();
    private final Map<String, List<String>> contentPolicy = new HashMap<>();
    private final List<String> byDefault = new ArrayList<>();
    private int retries = 2;
    private int allowed = 3;
    private int maxFallbacks = 5;
    private int maxQueue = 100;
    private boolean tagFiltering;
    private boolean allTags;
    private boolean enforceLimits;
    private boolean noCooldowns;

    /** False where it is no setting. */
    boolean set(String key, String value) {
        String[] words = key.split(" ");
        String of = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "strategy" -> strategy = Strategies.named(value).orElseThrow();
            case "retries" -> retries = put(retriesOf, of, value, retries);
            case "allowed" -> allowed = put(allowedOf, of, value, allowed);
            case "fallbacks" -> fallbacks.put(of, list(value));
            case "context" -> contextWindow.put(of, list(value));
            case "policy" -> contentPolicy.put(of, list(value));
            case "default-fallbacks" -> byDefault.addAll(list(value));
            case "max-fallbacks" -> maxFallbacks = Integer.parseInt(value);
            case "max-queue" -> maxQueue = Integer.parseInt(value);
            case "alias" -> aliases.put(of, value);
            case "on" -> on(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void on(String what) {
        switch (what) {
            case "tags" -> tagFiltering = true;
            case "all-tags" -> allTags = true;
            case "limits" -> enforceLimits = true;
            case "no-cooldowns" -> noCooldowns = true;
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static int put(Map<FailureClass, Integer> map, String of, String value, int otherwise) {
        if (of.isEmpty()) {
            return Integer.parseInt(value);
        }
        map.put(CLASSES.get(of), Integer.valueOf(value));
        return otherwise;
    }

    RetryRules retries() {
        return new RetryRules(retries, retriesOf);
    }

    RoutePolicy policy() {
        return new RoutePolicy(
                new BreakerRules(allowed, allowedOf, Duration.ofSeconds(5), Duration.ofMinutes(1), noCooldowns),
                fallbacks,
                contextWindow,
                contentPolicy,
                byDefault,
                maxFallbacks,
                tagFiltering,
                !allTags,
                enforceLimits,
                maxQueue,
                Duration.ofSeconds(10));
    }

    /** {@code a(weight=1,order=2,rpm=3,tpm=4,max=5,retries=6,tags=x/y,region=eu,price=0.1)}. */
    static Candidate candidate(String text) {
        String id = text.replaceAll("\\(.*", "");
        Map<String, String> of = new HashMap<>();
        if (text.endsWith(")")) {
            for (String pair :
                    text.substring(id.length() + 1, text.length() - 1).split(",")) {
                of.put(pair.split("=")[0], pair.split("=")[1]);
            }
        }
        BigDecimal price = of.containsKey("price") ? new BigDecimal(of.get("price")) : null;
        return new Candidate(
                id,
                of.containsKey("weight") ? Integer.valueOf(of.get("weight")) : null,
                Integer.parseInt(of.getOrDefault("order", "0")),
                Long.parseLong(of.getOrDefault("rpm", "0")),
                Long.parseLong(of.getOrDefault("tpm", "0")),
                Integer.parseInt(of.getOrDefault("max", "0")),
                of.containsKey("retries") ? Integer.valueOf(of.get("retries")) : null,
                of.containsKey("tags") ? Set.of(of.get("tags").split("/")) : Set.of(),
                of.get("region"),
                price,
                price);
    }

    static List<String> list(String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split("[ ,]+"));
    }

    /** {@code 5s}, {@code 500ms}, {@code 2m}, {@code 3h}. */
    static Duration time(String text) {
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.replace("ms", "")))
                : Duration.parse("PT" + text);
    }
}
