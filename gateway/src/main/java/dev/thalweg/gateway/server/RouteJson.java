package dev.thalweg.gateway.server;

import static dev.thalweg.gateway.server.DeploymentsJson.seconds;
import static dev.thalweg.gateway.server.DeploymentsJson.word;

import dev.thalweg.config.GatewayConfig;
import dev.thalweg.core.route.FailureClass.Fallback;
import dev.thalweg.core.route.RouteExplanation;
import dev.thalweg.core.route.RouteExplanation.Option;
import dev.thalweg.core.route.RouteExplanation.Standing;
import dev.thalweg.core.route.RoutePolicy;
import dev.thalweg.core.route.RouteStates;
import dev.thalweg.core.route.Step;
import dev.thalweg.gateway.chat.ModelTable;
import dev.thalweg.gateway.chat.Target;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a request would go, as JSON. Built for one answer. */
public final class RouteJson {
    private final ModelTable.Group group;
    private final RouteQuery query;
    private final RouteExplanation<Target> explanation;

    private RouteJson(ModelTable.Group group, RouteQuery query, RouteExplanation<Target> explanation) {
        this.group = group;
        this.query = query;
        this.explanation = explanation;
    }

    /** What a gateway that has just begun to serve this configuration would answer; empty for a model it does not have. */
    public static Optional<String> of(GatewayConfig config, RouteQuery query) {
        ModelTable models = new ModelTable(config.deployments(), config.settings(), new RouteStates());
        return models.find(query.model())
                .map(group -> of(group, query, name -> true).toString());
    }

    /** The answer for a caller who may use these groups. */
    static ObjectNode of(ModelTable.Group group, RouteQuery query, Predicate<String> mayUse) {
        boolean keepsSessions = group.settings().routing().strategyName().equals("session-affinity");
        RouteExplanation<Target> explanation = group.explain(query.model(), query.request(keepsSessions, mayUse));
        return new RouteJson(group, query, explanation).json();
    }

    private ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("object", "route");
        json.put("model", query.model());
        String resolved = group.resolved(query.model());
        if (!resolved.equals(query.model())) {
            json.put("alias_of", resolved);
        }
        json.put("group", group.name());
        json.put("strategy", group.routing().strategy().name());
        json.put("stream", query.stream());
        step(json.putObject("first"), explanation.first());
        options(json.putArray("deployments"), explanation.asked());
        fallbacks(json.putArray("fallbacks"));
        ObjectNode retries = json.putObject("retries");
        explanation.retries().forEach((failure, count) -> retries.put(word(failure), count));
        json.put("retry_budget_left", explanation.asked().mayRetry());
        ObjectNode next = json.putObject("after_failure");
        explanation.afterFailure().forEach((failure, step) -> step(next.putObject(word(failure)), step));
        RoutePolicy policy = group.settings().routing().policy();
        ObjectNode queue = json.putObject("queue");
        queue.put("waiting", explanation.asked().queued());
        queue.put("most", policy.maxQueue());
        queue.put("seconds", seconds(policy.queueTimeout().toNanos()));
        return json;
    }

    private void step(ObjectNode json, Step<Target> step) {
        switch (step) {
            case Step.Attempt<Target> attempt -> {
                json.put("action", "ask");
                json.put("group", attempt.group().name());
                json.put("deployment", attempt.member().candidate().id());
                Target target = attempt.member().target();
                json.put("provider", target.deployment().provider().name());
                json.put("upstream_model", target.upstreamModel(attempt.group().name()));
                if (attempt.panic()) {
                    json.put("left_alone", true);
                }
            }
            case Step.Wait<Target> wait -> {
                json.put("action", "wait");
                json.put("seconds", seconds(wait.time().toNanos()));
            }
            case Step.Queue<Target> queue -> {
                json.put("action", "queue");
                json.put("group", queue.group().name());
                json.put("seconds", seconds(queue.most().toNanos()));
            }
            case Step.Stop<Target> stop -> {
                json.put("action", "refuse");
                if (stop.failure() != null) {
                    json.put("failure", word(stop.failure()));
                }
            }
        }
        json.put("why", step.why());
    }

    private void fallbacks(ArrayNode json) {
        explanation
                .standIns()
                .forEach((kind, chain) -> chain.forEach(standing -> {
                    ObjectNode one = json.addObject();
                    one.put("group", standing.group().name());
                    one.put("after", kind == Fallback.GENERAL ? "any_failure" : word(kind));
                    one.put(
                            "state",
                            standing.verdict().map(DeploymentsJson::word).orElse("nothing_fits"));
                    one.put("queued", standing.queued());
                    options(one.putArray("deployments"), standing);
                }));
    }

    private void options(ArrayNode json, Standing<Target> standing) {
        for (Option<Target> option : standing.options()) {
            ObjectNode one = json.addObject();
            Target target = option.member().target();
            DeploymentsJson.configured(
                    one, option.member(), target.upstreamModel(standing.group().name()));
            DeploymentsJson.status(one, option.member().candidate(), option.status());
            one.put("minute_share", Math.round(option.share() * 1000) / 1000.0);
            if (option.obstacle() != null) {
                one.put("obstacle", word(option.obstacle()));
            }
            one.put("chance", Math.round(option.chance() * 1000) / 1000.0);
        }
    }
}
