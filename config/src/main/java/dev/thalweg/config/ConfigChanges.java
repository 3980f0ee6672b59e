package dev.thalweg.config;

import dev.thalweg.core.upstream.KeyText;
import dev.thalweg.core.upstream.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is different between two configurations, in names. Values are shown of settings only, none of which is a secret. */
public final class ConfigChanges {
    private static final int MOST_NAMES = 20;

    private ConfigChanges() {}

    /** A part of a line for each kind of difference: {@code models added: a, b}. Empty where both say the same. */
    public static List<String> between(GatewayConfig before, GatewayConfig after) {
        List<String> parts = new ArrayList<>();
        compare("models", models(before), models(after), parts);
        compare("keys", keys(before), keys(after), parts);
        part("settings changed", settings(before.settings(), after.settings()), parts);
        return parts;
    }

    /** The settings that a running gateway was started with and that this configuration has another value for. */
    public static List<String> waitingForStart(Settings started, Settings wanted) {
        Map<String, String> before = SettingsText.all(started);
        Map<String, String> after = SettingsText.all(wanted);
        return SettingsText.AT_START.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .sorted()
                .toList();
    }

    private static List<String> settings(Settings before, Settings after) {
        Map<String, String> old = SettingsText.all(before);
        Map<String, String> now = SettingsText.all(after);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        names.removeAll(SettingsText.AT_START);
        return names.stream()
                .filter(name -> !Objects.equals(old.get(name), now.get(name)))
                .map(name -> name + " " + old.getOrDefault(name, "none") + " -> " + now.getOrDefault(name, "none"))
                .toList();
    }

    private static Map<String, List<Deployment>> models(GatewayConfig config) {
        return config.deployments().stream()
                .map(ConfigChanges::withoutId)
                .collect(Collectors.groupingBy(Deployment::modelName, LinkedHashMap::new, Collectors.toList()));
    }

    /** Ids that are not given come from the place in the file, and a model is not another one for having moved. */
    private static Deployment withoutId(Deployment deployment) {
        return deployment.with(CandidateBuilder.copy(
                deployment.candidate(), "", deployment.candidate().order()));
    }

    private static Map<String, Object> keys(GatewayConfig config) {
        Map<String, Object> keys = new LinkedHashMap<>();
        @Nullable Secret master = config.masterKey();
        if (master != null) {
            keys.put("the master key", master);
        }
        config.keys().forEach(key -> keys.put(key.name(), key));
        return keys;
    }

    private static void compare(String what, Map<String, ?> before, Map<String, ?> after, List<String> parts) {
        part(what + " added", names(after.keySet(), name -> !before.containsKey(name)), parts);
        part(what + " removed", names(before.keySet(), name -> !after.containsKey(name)), parts);
        part(
                what + " changed",
                names(
                        after.keySet(),
                        name -> before.containsKey(name) && !Objects.equals(before.get(name), after.get(name))),
                parts);
    }

    private static List<String> names(Set<String> names, Predicate<String> which) {
        return names.stream().filter(which).map(KeyText::name).toList();
    }

    private static void part(String title, List<String> names, List<String> parts) {
        if (!names.isEmpty()) {
            int more = names.size() - MOST_NAMES;
            parts.add(title + ": "
                    + names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                    + (more > 0 ? " and " + more + " more" : ""));
        }
    }
}
