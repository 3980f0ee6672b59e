package dev.thalweg;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.error.ErrorKind;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The groups of one client, with what is known of their deployments. Thread-safe. */
final class Router {
    /** Names that callers make up are looked up again and again rather than kept without end. */
    private static final int MOST_NAMES = 1_000;

    private final Routing routing;
    private final Targets targets;
    private final RetryRules usual;
    private final RouteStates states = new RouteStates();
    private final Map<String, ModelGroup<Endpoint>> groups = new HashMap<>();
    private final List<String> patterns;
    private final Map<String, ModelGroup<Endpoint>> named = new ConcurrentHashMap<>();

    /**
     * A router that knows nothing of any deployment yet.
     *
     * @param retries how often a call is tried again where its group does not say
     * @throws IllegalArgumentException for names that mean nothing
     */
    Router(Routing routing, int retries, Targets targets) {
        this.routing = routing;
        this.targets = targets;
        usual = routing.retries() != null ? routing.retries() : new RetryRules(retries, routing.retriesOf());
        Map<String, Endpoint> endpoints = new HashMap<>();
        patterns = routing.groups().keySet().stream()
                .filter(name -> name.indexOf('*') >= 0)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        routing.groups().forEach((name, deployments) -> {
            deployments.forEach(one -> check(name, one.endpoint(), endpoints));
            if (!patterns.contains(name)) {
                groups.put(name, group(name, deployments));
            }
        });
        routing.standIns().stream()
                .filter(name -> find(checked(name)).isEmpty())
                .forEach(name -> groups.put(name, group(name, List.of(Deployment.of(name)))));
        routing.policy().fallbacks().keySet().forEach(this::checked);
        routing.policy().contextWindowFallbacks().keySet().forEach(this::checked);
        routing.policy().contentPolicyFallbacks().keySet().forEach(this::checked);
        routing.retriesOfGroups().keySet().forEach(this::checked);
    }

    private void check(String group, Endpoint endpoint, Map<String, Endpoint> endpoints) {
        if (endpoint.configured() == null && !targets.knows(endpoint.model())) {
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

    private String checked(String name) {
        boolean known =
                name.equals("*") || find(name).isPresent() || routing.unserved().containsKey(name);
        if (!known && !targets.knows(name)) {
            throw new IllegalArgumentException(
                    "There is no group \"" + name + "\", and no model provider/model of that name.");
        }
        return name;
    }

    private ModelGroup<Endpoint> group(String name, List<Deployment> deployments) {
        return group(name, name, deployments, endpoint -> endpoint);
    }

    private ModelGroup<Endpoint> group(
            String name, String pattern, List<Deployment> deployments, UnaryOperator<Endpoint> endpoint) {
        List<Member<Endpoint>> members = new ArrayList<>();
        for (Deployment one : deployments) {
            members.add(new Member<>(one.candidate(), states.deployment(one.id()), endpoint.apply(one.endpoint())));
        }
        RetryRules retries = routing.retriesOfGroups().getOrDefault(name, usual);
        return new ModelGroup<>(name, members, routing.strategy(), retries, states.group(pattern));
    }

    /** The group that serves this model, or the one it is another name for: the exact one, else the longest pattern's. */
    private Optional<ModelGroup<Endpoint>> find(String asked) {
        String model = routing.aliases().getOrDefault(asked, asked);
        ModelGroup<Endpoint> exact = groups.containsKey(model) ? groups.get(model) : named.get(model);
        return exact != null ? Optional.of(exact) : ofPattern(model);
    }

    private Optional<ModelGroup<Endpoint>> ofPattern(String model) {
        for (String pattern : patterns) {
            int star = pattern.indexOf('*');
            String before = pattern.substring(0, star);
            String after = pattern.substring(star + 1);
            boolean fits = model.length() >= pattern.length() - 1 && model.startsWith(before) && model.endsWith(after);
            if (fits) {
                String matched = model.substring(star, model.length() - after.length());
                ModelGroup<Endpoint> found = group(
                        model,
                        pattern,
                        Objects.requireNonNull(routing.groups().get(pattern)),
                        endpoint -> endpoint.named(matched));
                if (named.size() < MOST_NAMES) {
                    named.put(model, found);
                }
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Whether calls say themselves where they want to go. */
    boolean heeds() {
        return routing != Routing.NONE;
    }

    /** Where a call goes that asked for this model. */
    RoutePlan<Endpoint> plan(String asked, RouteRequest request) {
        ModelGroup<Endpoint> group = find(asked).orElseGet(() -> alone(asked));
        return new RoutePlan<>(group, this::standIn, routing.policy(), request, RouteListener.NONE);
    }

    private Optional<ModelGroup<Endpoint>> standIn(String name) {
        return find(name).or(() -> targets.knows(name) ? Optional.of(alone(name)) : Optional.empty());
    }

    /** A model that belongs to no group: nothing is learnt of it beyond the call, because nobody stands in for it. */
    private ModelGroup<Endpoint> alone(String model) {
        String why = routing.unserved().get(model);
        if (why != null) {
            throw Targets.refused(
                    ErrorKind.BAD_REQUEST, model, "\"" + model + "\" is configured and cannot be asked: " + why + ".");
        }
        Member<Endpoint> only = new Member<>(Candidate.of(model), new DeploymentState(), Endpoint.of(model));
        return new ModelGroup<>(model, List.of(only), Strategies.byDefault(), usual, GroupState.ofOneRequest());
    }
}
