package dev.thalweg.gateway;

import dev.thalweg.config.TextTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a request would go, for people: what {@code GET /v1/route} says, in words. */
final class RouteText {
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

    private final JsonNode route;
    private final JsonNode first;

    private RouteText(JsonNode route) {
        this.route = route;
        this.first = route.path("first");
    }

    /** The words for this answer. */
    static String of(String json) {
        return new RouteText(JsonMapper.shared().readTree(json)).text();
    }

    /** Text from elsewhere as it may stand in a terminal: nothing in it moves the cursor. */
    static String plain(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        text.append(heading()).append("\n\n").append(deployments());
        if (route.path("after_failure").size() > 0) {
            text.append("\nWhen that attempt fails before the answer began:\n");
            afterFailure()
                    .forEach((what, when) -> text.append("  ")
                            .append(String.join(", ", when))
                            .append(": ")
                            .append(what)
                            .append('\n'));
        }
        if (route.path("fallbacks").size() > 0) {
            text.append("\nFallbacks:\n");
            fallbacks()
                    .forEach((when, groups) -> text.append("  ")
                            .append(when)
                            .append(": ")
                            .append(String.join(", ", groups))
                            .append('\n'));
        }
        if (!route.path("retry_budget_left").asBoolean(true)) {
            text.append(
                    "\nThe group's retry budget is spent: for some seconds no deployment is asked again after it failed.\n");
        }
        int waiting = route.at("/queue/waiting").asInt(0);
        if (waiting > 0) {
            text.append("\nWaiting for room: ").append(waiting).append(" requests.\n");
        }
        return text.toString();
    }

    private String heading() {
        String alias = word(route, "alias_of");
        String asked = word(route, "model")
                + (alias.isEmpty() ? "" : " (another name for " + alias + ")")
                + (route.path("stream").asBoolean(false) ? ", streamed" : "");
        return asked + ": "
                + switch (word(first, "action")) {
                    case "ask" ->
                        place(first) + " would serve it: " + word(first, "why")
                                + (first.path("left_alone").asBoolean(false)
                                        ? "; it is asked though it is left alone"
                                        : "");
                    case "queue" -> "it would wait up to " + seconds(first) + " for room: " + word(first, "why");
                    default -> "it would be refused: " + word(first, "why");
                };
    }

    private String deployments() {
        String latency = route.path("stream").asBoolean(false) ? "first token" : "whole answer";
        TextTable table = new TextTable(
                " ", "deployment", "model", "state", "chance", "in flight", latency, "requests/min", "tokens/min");
        for (JsonNode one : route.path("deployments")) {
            row(table, one, word(route, "group").contains("*") ? word(first, "group") : word(route, "group"));
        }
        return table.text();
    }

    private void row(TextTable table, JsonNode one, String group) {
        boolean serves = word(one, "id").equals(word(first, "deployment")) && group.equals(word(first, "group"));
        String latency = route.path("stream").asBoolean(false) ? "first_token_seconds" : "whole_answer_seconds";
        table.row(
                serves ? ">" : " ",
                word(one, "id"),
                word(one, "provider") + "/" + word(one, "upstream_model"),
                state(one),
                Math.round(one.path("chance").asDouble(0) * 100) + " %",
                limited(one, "in_flight", "max_in_flight"),
                one.has(latency) ? number(one.path(latency).asDouble()) + " s" : "-",
                limited(one, "requests_this_minute", "requests_per_minute"),
                limited(one, "tokens_this_minute", "tokens_per_minute"));
    }

    private static String state(JsonNode one) {
        String state = word(one, "state");
        if (state.equals("cooling")) {
            state += one.has("cooling_seconds")
                    ? " " + number(one.path("cooling_seconds").asDouble()) + " s"
                    : " until its trial ends";
        }
        String cause = words(word(one, "cause"));
        boolean trial = state.equals("open") && one.path("trial").asBoolean(false);
        return state
                + (cause.isEmpty() ? "" : " (" + cause + (trial ? "; the next request is its trial)" : ")"))
                + switch (word(one, "obstacle")) {
                    case "region" -> ", another region";
                    case "tags" -> ", other tags";
                    case "order" -> ", a later order";
                    default -> "";
                };
    }

    /** What follows, and after which classes of failures: those with the same together. */
    private Map<String, List<String>> afterFailure() {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : route.path("after_failure").properties()) {
            int retries = route.path("retries").path(entry.getKey()).asInt(0);
            lines.computeIfAbsent(next(entry.getValue(), retries), unseen -> new ArrayList<>())
                    .add(words(plain(entry.getKey())));
        }
        return lines;
    }

    private String next(JsonNode step, int retries) {
        String most = retries == 1 ? " (1 retry at most)" : " (" + retries + " retries at most)";
        return switch (word(step, "action")) {
            case "ask" ->
                word(step, "group").equals(word(first, "group"))
                        ? place(step) + " at once" + most
                        : "on to the fallback " + word(step, "group") + ", " + place(step);
            case "wait" -> "the same again after " + seconds(step) + most;
            case "queue" -> "wait up to " + seconds(step) + " for room in " + word(step, "group");
            default -> "the caller is told";
        };
    }

    private Map<String, List<String>> fallbacks() {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (JsonNode one : route.path("fallbacks")) {
            lines.computeIfAbsent("after " + words(word(one, "after")), unseen -> new ArrayList<>())
                    .add(word(one, "group") + " (" + words(word(one, "state")) + ")");
        }
        return lines;
    }

    private static String place(JsonNode step) {
        return word(step, "deployment") + " (" + word(step, "provider") + "/" + word(step, "upstream_model") + ")";
    }

    private static String limited(JsonNode one, String used, String most) {
        String now = Long.toString(one.path(used).asLong(0));
        return one.has(most) ? now + " of " + one.path(most).asLong() : now;
    }

    private static String seconds(JsonNode step) {
        return number(step.path("seconds").asDouble(0)) + " s";
    }

    /** With as many digits as tell something. */
    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(value < 1 ? 3 : 1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String word(JsonNode object, String name) {
        return plain(object.path(name).asString(""));
    }

    private static String words(String name) {
        return name.replace('_', ' ');
    }
}
