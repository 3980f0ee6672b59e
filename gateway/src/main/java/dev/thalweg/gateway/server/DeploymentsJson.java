package dev.thalweg.gateway.server;

import dev.thalweg.core.route.Candidate;
import dev.thalweg.core.route.DeploymentState.Status;
import dev.thalweg.core.route.DeploymentState.Verdict;
import dev.thalweg.core.route.Member;
import dev.thalweg.gateway.chat.ChatService;
import dev.thalweg.gateway.chat.ModelTable;
import dev.thalweg.gateway.chat.Target;
import java.util.Locale;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How all deployments do. Names of providers and models, never where they are or with which key they are asked. */
final class DeploymentsJson {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private DeploymentsJson() {}

    /** The groups with these names. */
    static ObjectNode of(ModelTable models, Predicate<String> shown) {
        long now = ChatService.now();
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("object", "list");
        ArrayNode data = json.putArray("data");
        for (ModelTable.Group group : models.groups()) {
            if (shown.test(group.name())) {
                group(data.addObject(), group, now);
            }
        }
        return json;
    }

    private static void group(ObjectNode json, ModelTable.Group group, long now) {
        json.put("model", group.name());
        json.put("strategy", group.routing().strategy().name());
        json.put("queued", group.routing().state().queued());
        json.put(
                "open",
                group.routing().members().stream()
                        .filter(member -> member.status(now).verdict() == Verdict.OPEN)
                        .count());
        ArrayNode deployments = json.putArray("deployments");
        for (Member<Target> member : group.routing().members()) {
            ObjectNode one = deployments.addObject();
            Status status = member.status(now);
            configured(one, member, member.target().deployment().upstreamModel());
            status(one, member.candidate(), status);
            one.put("succeeded", status.succeeded());
            one.put("failed", status.failed());
        }
    }

    /** What is configured of a deployment. */
    static void configured(ObjectNode json, Member<Target> member, String upstreamModel) {
        Candidate candidate = member.candidate();
        json.put("id", candidate.id());
        json.put("provider", member.target().deployment().provider().name());
        json.put("upstream_model", upstreamModel);
        if (candidate.region() != null) {
            json.put("region", candidate.region());
        }
        if (!candidate.tags().isEmpty()) {
            ArrayNode tags = json.putArray("tags");
            candidate.tags().stream().sorted().forEach(tags::add);
        }
        if (candidate.weight() != null) {
            json.put("weight", candidate.weight());
        }
        if (candidate.order() != 0) {
            json.put("order", candidate.order());
        }
    }

    /** How it does. What is not known or not limited is left out. */
    static void status(ObjectNode json, Candidate candidate, Status status) {
        json.put("state", word(status.verdict()));
        if (status.coolingNanos() > 0) {
            json.put("cooling_seconds", seconds(status.coolingNanos()));
        }
        if (status.cause() != null) {
            json.put("cause", word(status.cause()));
        }
        if (status.trial()) {
            json.put("trial", true);
        }
        json.put("in_flight", status.inFlight());
        if (candidate.maxParallel() > 0) {
            json.put("max_in_flight", candidate.maxParallel());
        }
        if (status.firstTokenNanos() > 0) {
            json.put("first_token_seconds", seconds(status.firstTokenNanos()));
        }
        if (status.wholeNanos() > 0) {
            json.put("whole_answer_seconds", seconds(status.wholeNanos()));
        }
        limited(json, "requests", status.requestsThisMinute(), candidate.requestsPerMinute());
        limited(json, "tokens", status.tokensThisMinute(), candidate.tokensPerMinute());
    }

    private static void limited(ObjectNode json, String what, long used, long limit) {
        json.put(what + "_this_minute", used);
        if (limit > 0) {
            json.put(what + "_per_minute", limit);
        }
    }

    static double seconds(long nanos) {
        return Math.round((double) nanos / NANOS_PER_MILLI) / 1000.0;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
