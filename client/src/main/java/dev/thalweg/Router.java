package dev.thalweg;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.route.Candidate;
import dev.thalweg.core.route.DeploymentState;
import dev.thalweg.core.route.GroupState;
import dev.thalweg.core.route.Member;
import dev.thalweg.core.route.ModelGroup;
import dev.thalweg.core.route.RetryRules;
import dev.thalweg.core.route.RouteListener;
import dev.thalweg.core.route.RoutePlan;
import dev.thalweg.core.route.RouteRequest;
import dev.thalweg.core.route.RouteStates;
import dev.thalweg.core.route.Strategies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The groups of one client, with what is known of their deployments. Thread-safe. */
final class Router {
    private final Routing routing;
    private final Targets targets;
    private final RetryRules usual;
    private final Map<String, ModelGroup<Endpoint>> groups = new HashMap<>();

    /**
     * A router that knows nothing of any deployment yet.
     *
     * @param retries how often a call is tried again where its group does not say
     * @throws IllegalArgumentException for names that mean nothing
     */
    Router(Routing routing, int retries, Targets targets) {
        this.routing = routing;
        this.targets = targets;
        usual = new RetryRules(retries, routing.retriesOf());
        Map<String, Endpoint> endpoints = new HashMap<>();
        RouteStates states = new RouteStates();
        routing.groups().forEach((name, deployments) -> {
            deployments.forEach(one -> check(name, one.endpoint(), endpoints));
            groups.put(name, group(name, deployments, states));
        });
        routing.standIns().stream()
                .filter(name -> !groups.containsKey(named(name)))
                .forEach(name -> groups.put(name, group(name, List.of(Deployment.of(name)), states)));
        routing.policy().fallbacks().keySet().forEach(this::named);
        routing.policy().contextWindowFallbacks().keySet().forEach(this::named);
        routing.policy().contentPolicyFallbacks().keySet().forEach(this::named);
        routing.retriesOfGroups().keySet().forEach(this::named);
    }

    private void check(String group, Endpoint endpoint, Map<String, Endpoint> endpoints) {
        if (!targets.knows(endpoint.model())) {
            throw new IllegalArgumentException("The deployment \"" + endpoint + "\" of the group \"" + group
                    + "\" asks for \"" + endpoint.model() + "\": name it provider/model; there are "
                    + Providers.examples()
                    + ".");
        }
        Endpoint other = endpoints.putIfAbsent(endpoint.id(), endpoint);
        if (other != null && !other.equals(endpoint)) {
            throw new IllegalArgumentException(
                    "Two different deployments are called \"" + endpoint + "\": give each an id(…) of its own.");
        }
    }

    private String named(String name) {
        if (!name.equals("*") && !groups.containsKey(name) && !targets.knows(name)) {
            throw new IllegalArgumentException(
                    "There is no group \"" + name + "\", and no model provider/model of that name.");
        }
        return name;
    }

    private ModelGroup<Endpoint> group(String name, List<Deployment> deployments, RouteStates states) {
        List<Member<Endpoint>> members = new ArrayList<>();
        for (Deployment one : deployments) {
            members.add(new Member<>(one.candidate(), states.deployment(one.id()), one.endpoint()));
        }
        Integer own = routing.retriesOfGroups().get(name);
        RetryRules retries = own == null ? usual : new RetryRules(own, routing.retriesOf());
        return new ModelGroup<>(name, members, routing.strategy().strategy(), retries, states.group(name));
    }

    /** Whether calls say themselves where they want to go. */
    boolean heeds() {
        return routing != Routing.NONE;
    }

    /** Where a call goes that asked for this model. */
    RoutePlan<Endpoint> plan(String asked, RouteRequest request) {
        ModelGroup<Endpoint> group = groups.get(asked);
        return new RoutePlan<>(
                group != null ? group : alone(asked), this::standIn, routing.policy(), request, RouteListener.NONE);
    }

    private Optional<ModelGroup<Endpoint>> standIn(String name) {
        ModelGroup<Endpoint> group = groups.get(name);
        return group == null && targets.knows(name) ? Optional.of(alone(name)) : Optional.ofNullable(group);
    }

    /** A model that belongs to no group: nothing is learnt of it beyond the call, because nobody stands in for it. */
    private ModelGroup<Endpoint> alone(String model) {
        Member<Endpoint> only = new Member<>(Candidate.of(model), new DeploymentState(), Endpoint.of(model));
        return new ModelGroup<>(model, List.of(only), Strategies.byDefault(), usual, GroupState.ofOneRequest());
    }
}
