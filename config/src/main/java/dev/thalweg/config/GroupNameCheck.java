package dev.thalweg.config;

import dev.thalweg.core.catalog.EditDistance;
import dev.thalweg.core.upstream.KeyText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks that the names in routing's settings are names of models. */
final class GroupNameCheck {
    private static final String ANY = "*";
    private static final int MOST_NAMES = 10;

    /** Looking for what was meant costs time; whoever has more slips than these has another problem. */
    private static final int MOST_ADVICE = 20;

    private final Findings findings;
    private final RoutingBuilder routing;
    private final Set<String> models;
    private final List<String> patterns;
    private final Set<String> withoutProvider = new HashSet<>();
    private final Set<String> aliases = new HashSet<>();
    private int unknown;

    GroupNameCheck(Findings findings, RoutingBuilder routing, Set<String> models) {
        this.findings = findings;
        this.routing = routing;
        this.models = models;
        patterns = models.stream().filter(model -> Wildcard.stars(model) > 0).toList();
        models.forEach(model -> withoutProvider.add(model.substring(model.indexOf('/') + 1)));
        routing.aliases().forEach(alias -> aliases.add(alias.name().name()));
    }

    void check() {
        routing.aliases().forEach(this::alias);
        lists(routing.fallbacks);
        lists(routing.contextWindowFallbacks);
        lists(routing.contentPolicyFallbacks);
        routing.defaultFallbacks.forEach(this::exists);
        groups(routing.retriesOfGroups.keySet()).forEach(this::exists);
        if (routing.affinity && routing.strategy != null && !RoutingBuilder.goesWithAffinity(routing.strategy)) {
            findings.notice(
                    Notice.Kind.NOT_IN_EFFECT,
                    "affinity (optional_pre_call_checks) is not in effect: it goes with simple-shuffle, and the"
                            + " routing_strategy is " + routing.strategy);
        }
    }

    private void alias(GroupLists.Alias alias) {
        String name = alias.name().name();
        String model = alias.model().name();
        if (models.contains(name)) {
            findings.problem(
                    alias.name().at(),
                    "the alias '" + KeyText.name(name) + "' is a model_name of model_list, too; give one of them"
                            + " another name");
        } else if (aliases.contains(model)) {
            findings.problem(
                    alias.model().at(),
                    alias.model().path() + ": '" + KeyText.name(model)
                            + "' is an alias itself; name the model it stands for");
        } else {
            exists(alias.model());
        }
    }

    private void lists(Map<GroupName, List<GroupName>> lists) {
        groups(lists.keySet()).stream()
                .filter(group -> !group.name().equals(ANY) && !isWithoutProvider(group.name()))
                .forEach(this::exists);
        lists.forEach((group, names) -> names.forEach(name -> standIn(group, name)));
    }

    private void standIn(GroupName group, GroupName name) {
        if (routing.resolved(name.name()).equals(routing.resolved(group.name()))) {
            findings.problem(
                    name.at(),
                    name.path() + ": '" + KeyText.name(name.name()) + "' cannot stand in for itself; remove it");
        } else {
            exists(name);
        }
    }

    /** The groups themselves; two that are one by an alias are a problem. */
    private Set<GroupName> groups(Set<GroupName> written) {
        Map<String, GroupName> firsts = new HashMap<>();
        for (GroupName group : written) {
            GroupName first = firsts.putIfAbsent(routing.resolved(group.name()), group);
            if (first != null) {
                findings.problem(
                        group.at(),
                        group.path() + ": '" + KeyText.name(group.name()) + "' and '" + KeyText.name(first.name())
                                + "' are one model by an alias; keep one");
            }
        }
        return written;
    }

    private void exists(GroupName name) {
        boolean known = aliases.contains(name.name())
                || models.contains(name.name())
                || patterns.stream().anyMatch(model -> Wildcard.matches(model, name.name()));
        if (!known) {
            findings.problem(
                    name.at(),
                    name.path() + ": '" + KeyText.name(name.name()) + "' is no model of model_list; "
                            + advice(name.name()));
        }
    }

    private String advice(String name) {
        if (++unknown > MOST_ADVICE) {
            return "remove it, or add the model";
        }
        Set<String> names = new TreeSet<>(models);
        names.addAll(aliases);
        String near = EditDistance.nearest(name, names);
        if (near != null) {
            return "did you mean '" + KeyText.name(near) + "'?";
        }
        String some = names.stream().limit(MOST_NAMES).map(KeyText::name).collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMES;
        return "there are " + some + (more > 0 ? " and " + more + " more" : "");
    }

    /** LiteLLM finds the list of {@code openai/gpt-4o} under {@code gpt-4o}, too. */
    private boolean isWithoutProvider(String name) {
        return withoutProvider.contains(name)
                || patterns.stream().anyMatch(model -> Wildcard.matches(model.substring(model.indexOf('/') + 1), name));
    }
}
