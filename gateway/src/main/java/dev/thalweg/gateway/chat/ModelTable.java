package dev.thalweg.gateway.chat;

import dev.thalweg.config.Deployment;
import dev.thalweg.config.RoutingSettings;
import dev.thalweg.config.Settings;
import dev.thalweg.core.catalog.ModelCatalog;
import dev.thalweg.core.catalog.ModelOwners;
import dev.thalweg.core.route.Member;
import dev.thalweg.core.route.ModelGroup;
import dev.thalweg.core.route.RouteExplanation;
import dev.thalweg.core.route.RouteListener;
import dev.thalweg.core.route.RoutePlan;
import dev.thalweg.core.route.RouteRequest;
import dev.thalweg.core.route.RouteStates;
import dev.thalweg.gateway.upstream.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which deployments serve a model. Entries of one name are one group; an exact name beats a pattern, a longer pattern a
 * shorter one. All that a configuration decides for a request is put together here, once: the request follows what it
 * finds. Immutable.
 */
public final class ModelTable {
    /**
     * The deployments that stand in for each other under one name.
     *
     * @param routing how one of them is chosen
     * @param settings what holds for their requests, from the same configuration
     * @param table where others are found
     */
    public record Group(String name, ModelGroup<Target> routing, Settings settings, ModelTable table) {
        /** The first deployment's target. */
        Target first() {
            return routing.members().get(0).target();
        }

        /**
         * Where a request goes that asked for this model.
         *
         * @param errand what it is that is no chat; null: a chat
         */
        RoutePlan<Target> plan(
                String asked, RouteRequest request, RouteListener<Target> listener, @Nullable Errand errand) {
            ModelGroup<Target> first = fitting(table.named(routing, asked), errand);
            return new RoutePlan<>(
                    first,
                    name -> table.standIn(name).map(other -> fitting(other, errand)),
                    table.routing.policy(),
                    request,
                    listener);
        }

        /** Those that can be asked it; all, where none can: they say why. */
        private static ModelGroup<Target> fitting(ModelGroup<Target> group, @Nullable Errand errand) {
            if (errand == null) {
                return group;
            }
            List<Member<Target>> fit = group.members().stream()
                    .filter(member -> errand.fits(member.target().deployment()))
                    .toList();
            return fit.isEmpty() || fit.size() == group.members().size()
                    ? group
                    : new ModelGroup<>(group.name(), fit, group.strategy(), group.retries(), group.state());
        }

        /** The name that this model has here. */
        public String resolved(String asked) {
            return table.resolved(asked);
        }

        /** Where a request that asks for this model would go now, and why. */
        public RouteExplanation<Target> explain(String asked, RouteRequest request) {
            ModelGroup<Target> first = table.named(routing, asked);
            return RouteExplanation.of(first, table::standIn, table.routing.policy(), request, Alarm.now());
        }
    }

    /** Longer ones are looked up nowhere but in the configuration. */
    private static final int MAX_NAME = 100;

    private final Map<String, Group> exact = new LinkedHashMap<>();
    private final List<Group> patterns;
    private final List<Group> all;
    private final Set<String> disabled;
    private final RoutingSettings routing;
    private final boolean asksProviders;

    /**
     * The table of these deployments; disabled ones are left out.
     *
     * @param states what is known of deployments and groups, whatever configuration they are in
     */
    public ModelTable(List<Deployment> deployments, Settings settings, RouteStates states) {
        routing = settings.routing();
        Map<String, List<Member<Target>>> groups = new LinkedHashMap<>();
        for (Deployment deployment : deployments) {
            if (deployment.disabled() == null) {
                groups.computeIfAbsent(deployment.modelName(), name -> new ArrayList<>())
                        .add(member(deployment, states));
            }
        }
        List<Group> wild = new ArrayList<>();
        groups.forEach((name, members) -> {
            ModelGroup<Target> routed =
                    new ModelGroup<>(name, members, routing.strategy(), routing.retries(name), states.group(name));
            Group group = new Group(name, routed, settings, this);
            if (name.indexOf('*') >= 0) {
                wild.add(group);
            } else {
                exact.put(name, group);
            }
        });
        wild.sort(
                Comparator.comparingInt((Group group) -> group.name().length()).reversed());
        patterns = List.copyOf(wild);
        all = Stream.concat(exact.values().stream(), wild.stream()).toList();
        asksProviders = deployments.stream().anyMatch(deployment -> deployment.kind() == Deployment.Kind.PROVIDER);
        if (asksProviders) {
            ModelCatalog.bundled(); // read from the disk here and not in a request
        }
        disabled = deployments.stream()
                .filter(deployment -> deployment.disabled() != null)
                .map(Deployment::modelName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Member<Target> member(Deployment deployment, RouteStates states) {
        Target target = new Target(deployment);
        return new Member<>(target.candidate(Instant.now()), states.deployment(deployment.id()), target);
    }

    private Optional<ModelGroup<Target>> standIn(String name) {
        return find(name).map(group -> named(group.routing(), name));
    }

    /** A pattern's group goes by the name it was asked for: that is what fallbacks and retries are configured for. */
    private ModelGroup<Target> named(ModelGroup<Target> group, String asked) {
        if (group.name().indexOf('*') < 0) {
            return group;
        }
        String model = resolved(asked);
        return new ModelGroup<>(model, group.members(), group.strategy(), routing.retries(model), group.state());
    }

    /**
     * The group that serves this model, or the one it is another name for. A name that nothing here fits, and that says no
     * provider, means the maker's model: {@code gpt-4o} is served by {@code openai/*}.
     */
    public Optional<Group> find(String asked) {
        String model = routing.resolved(asked);
        return fitting(model).or(() -> makers(model).flatMap(this::fitting));
    }

    /** The name this model has here: an alias's model, and a bare name with its maker where that is how it is served. */
    public String resolved(String asked) {
        String model = routing.resolved(asked);
        return fitting(model).isPresent()
                ? model
                : makers(model).filter(name -> fitting(name).isPresent()).orElse(model);
    }

    private Optional<Group> fitting(String model) {
        Group group = exact.get(model);
        if (group != null) {
            return Optional.of(group);
        }
        for (Group pattern : patterns) {
            if (pattern.first().deployment().answersTo(model)) {
                return Optional.of(pattern);
            }
        }
        return Optional.empty();
    }

    private Optional<String> makers(String model) {
        boolean bare = model.indexOf('/') < 0 && !model.isBlank() && model.length() <= MAX_NAME;
        return bare && asksProviders ? ModelOwners.of(model).map(owner -> owner + "/" + model) : Optional.empty();
    }

    /** Other names of models, but for hidden ones: alias and model. */
    public Map<String, String> aliases() {
        Map<String, String> shown = new LinkedHashMap<>();
        routing.aliases().forEach((alias, of) -> {
            if (!of.hidden() && find(alias).isPresent()) {
                shown.put(alias, of.model());
            }
        });
        return shown;
    }

    /** Every name and pattern, in the configuration's order. */
    public List<Group> groups() {
        return all;
    }

    /** The same, as routing knows them. */
    public List<ModelGroup<?>> routed() {
        return all.stream().<ModelGroup<?>>map(Group::routing).toList();
    }

    /** Whether requests of one session go to the same deployment. */
    public boolean keepsSessions() {
        return routing.strategyName().equals("session-affinity");
    }

    /** Where the providers of all models are. */
    public Set<Address> upstreams() {
        return all.stream()
                .flatMap(group -> group.routing().members().stream())
                .map(member -> member.target().address())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the model is configured and cannot be served. */
    public boolean isDisabled(String model) {
        return disabled.contains(model);
    }

    /** Up to three names that a caller may have meant. */
    public List<String> near(String model) {
        String asked = model.toLowerCase(Locale.ROOT);
        List<String> served = groups().stream()
                .map(Group::name)
                .map(name -> Map.entry(name, distance(asked, name.toLowerCase(Locale.ROOT))))
                .filter(entry -> entry.getValue() <= Math.max(2, asked.length() / 3))
                .sorted(Map.Entry.comparingByValue())
                .limit(3)
                .map(Map.Entry::getKey)
                .toList();
        String known = asksProviders && served.isEmpty() && asked.length() <= MAX_NAME ? ModelOwners.near(model) : null;
        return known != null && fitting(known).isPresent() ? List.of(known) : served;
    }

    /** How many letters to change, add or leave out; a name that contains the other counts as near. */
    private static int distance(String a, String b) {
        if (a.length() > 200 || b.length() > 200) {
            return Integer.MAX_VALUE;
        }
        if (a.length() >= 3 && (b.contains(a) || a.contains(b))) {
            return 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
