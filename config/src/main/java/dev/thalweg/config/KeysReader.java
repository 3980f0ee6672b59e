package dev.thalweg.config;

import dev.thalweg.core.upstream.KeyText;
import dev.thalweg.core.upstream.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code keys}: who may call, besides whoever has the master key. */
final class KeysReader {
    private final Findings findings;
    private final Values values;
    private final Map<Secret, String> owners = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final List<StaticKey> keys = new ArrayList<>();

    KeysReader(Findings findings, Values values, @Nullable Secret masterKey) {
        this.findings = findings;
        this.values = values;
        if (masterKey != null) {
            owners.put(masterKey, "the master key");
        }
    }

    List<StaticKey> read(Section top) {
        Entry list = top.written("keys");
        if (list == null) {
            return keys;
        }
        List<Node> nodes = values.list(list, "a list of {name, key}");
        for (int index = 0; index < nodes.size(); index++) {
            Section section = values.section(nodes.get(index), "keys[" + index + "]");
            if (section != null) {
                readEntry(section);
            }
        }
        return keys;
    }

    private void readEntry(Section section) {
        Set<String> meant = new KeyCheck(findings, KnownKeys.KEY, null).check(section);
        Entry nameEntry = required(section, "name", meant);
        Entry keyEntry = required(section, "key", meant);
        String name = nameEntry == null ? null : values.text(nameEntry);
        Secret key = keyEntry == null ? null : values.secret(keyEntry);
        List<String> models = models(section);
        if (name == null || key == null || keyEntry == null) {
            return;
        }
        String place = section.path() + " (" + KeyText.name(name) + ")";
        if (!names.add(name)) {
            findings.problem(
                    section.node(), place + ": the name is taken by an entry before; names are what logs show");
        }
        String owner = owners.putIfAbsent(key, KeyText.name(name));
        if (owner != null) {
            findings.problem(keyEntry.value(), place + " has the same key as " + owner + "; give each its own");
        }
        keys.add(new StaticKey(name, key, models));
    }

    private List<String> models(Section section) {
        Entry entry = section.find("models");
        if (entry == null) {
            return List.of();
        }
        List<String> models = values.texts(entry);
        if (models.isEmpty()) {
            values.expected(entry, "at least one model name; without 'models' the key may ask for all");
        }
        return models;
    }

    private @Nullable Entry required(Section section, String key, Set<String> meant) {
        Entry entry = section.find(key);
        if (entry == null && !meant.contains(key)) {
            findings.problem(
                    section.node(),
                    section.path() + " has no " + key + "; expected {name, key} and, if need be, models");
        }
        return entry;
    }
}
