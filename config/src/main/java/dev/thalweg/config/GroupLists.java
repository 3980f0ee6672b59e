package dev.thalweg.config;

import dev.thalweg.core.upstream.KeyText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads fallbacks: lists of models, and for which model they stand in. */
final class GroupLists {
    private static final String EXPECTED = "a list like [{gpt-4o: [gpt-4o-mini, llama]}]";

    private GroupLists() {}

    /** A list of mappings from a model to those that stand in for it. */
    static Map<GroupName, List<GroupName>> byGroup(Entry entry, Values values) {
        Map<String, GroupName> firsts = new LinkedHashMap<>();
        Map<GroupName, List<GroupName>> lists = new LinkedHashMap<>();
        if (!(entry.value() instanceof SequenceNode list)) {
            values.expected(entry, EXPECTED);
            return lists;
        }
        for (Node node : list.getValue()) {
            Section section = values.section(node, entry.path());
            for (Entry each : section == null ? List.<Entry>of() : List.copyOf(section.entries())) {
                GroupName group = new GroupName(each.key(), each.keyNode(), entry.path());
                GroupName first = firsts.putIfAbsent(each.key(), group);
                if (first != null) {
                    values.problem(
                            each.keyNode(),
                            "'" + KeyText.name(each.key()) + "' is in " + entry.path() + " twice, first on line "
                                    + (first.at().getStartMark().getLine() + 1) + "; keep one");
                } else {
                    lists.put(group, names(each, values));
                }
            }
        }
        return lists;
    }

    /** A list of models; one alone may stand without brackets. */
    static List<GroupName> names(Entry entry, Values values) {
        return values.shortList(entry, "a list of names of model_list").stream()
                .map(node -> name(node, entry.path(), values))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Another name for a model, by alias: the model's name, or a mapping with it under {@code model}. */
    static List<Alias> aliases(Entry entry, Values values) {
        List<Alias> aliases = new ArrayList<>();
        Section section = values.section(entry.value(), entry.path());
        for (Entry each : section == null ? List.<Entry>of() : List.copyOf(section.entries())) {
            Alias alias = alias(each, values);
            if (alias != null) {
                aliases.add(alias);
            }
        }
        return aliases;
    }

    private static @Nullable Alias alias(Entry entry, Values values) {
        GroupName name = new GroupName(entry.key(), entry.keyNode(), entry.section());
        if (!(entry.value() instanceof MappingNode)) {
            GroupName model = name(entry.value(), entry.path(), values);
            return model == null ? null : new Alias(name, model, false);
        }
        Section section = values.section(entry.value(), entry.path());
        Entry model = section == null ? null : section.find("model");
        if (section == null || model == null) {
            values.problem(entry.value(), entry.path() + " has no model; add it, as model: gpt-4o");
            return null;
        }
        for (Entry each : section.entries()) {
            if (!each.key().equals("model") && !each.key().equals("hidden")) {
                values.problem(
                        each.keyNode(),
                        "unknown key '" + KeyText.of(each.key()) + "' in " + entry.path()
                                + "; an alias has model and hidden");
            }
        }
        Entry hidden = section.find("hidden");
        GroupName target = name(model.value(), model.path(), values);
        return target == null ? null : new Alias(name, target, hidden != null && values.flag(hidden, false));
    }

    private static @Nullable GroupName name(Node node, String path, Values values) {
        String text = values.text(node, path);
        return text == null ? null : new GroupName(text, node, path);
    }

    /** An alias as the file has it. */
    record Alias(GroupName name, GroupName model, boolean hidden) {}
}
