package dev.thalweg.config;

import dev.thalweg.core.upstream.KeyText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of the file with its entries by key, merge keys ({@code <<}) resolved. A key that is written twice is a
 * problem: YAML readers silently take one of the two, and not all the same.
 */
final class Section {
    /** Merges in merges, however many aliases, end here. */
    private static final int MAX_MERGED = 10_000;

    private final String path;
    private final Node node;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Findings findings;
    private int visited;

    private Section(String path, Node node, Findings findings) {
        this.path = path;
        this.node = node;
        this.findings = findings;
    }

    static Section of(String path, MappingNode node, Findings findings) {
        Section section = new Section(path, node, findings);
        section.collect(node, 0);
        return section;
    }

    /** A section that is not in the file. */
    static Section empty(String path, Node at, Findings findings) {
        return new Section(path, at, findings);
    }

    String path() {
        return path;
    }

    /** Where the section starts. */
    Node node() {
        return node;
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    /** The entry of this key, also where its value is null. */
    @Nullable
    Entry written(String key) {
        return entries.get(key);
    }

    /** The entry of this key; one without a value counts as not written, as in LiteLLM. */
    @Nullable
    Entry find(String key) {
        Entry entry = entries.get(key);
        return entry == null || entry.value().getTag().equals(Tag.NULL) ? null : entry;
    }

    /** Adds another spelling of this section; a key in both is a problem. */
    void add(Section other) {
        for (Entry entry : other.entries()) {
            Entry first = entries.putIfAbsent(entry.key(), entry);
            if (first != null) {
                findings.problem(
                        entry.keyNode(),
                        "'" + KeyText.of(entry.key()) + "' is set in " + entry.section() + " and, on line "
                                + first.line() + ", in " + first.section() + ", which mean the same; keep one");
            }
        }
    }

    private void collect(MappingNode mapping, int depth) {
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar)) {
                findings.problem(key, "expected a name as key, found " + NodeText.of(key));
            } else if (depth > 0) {
                if (!isMerge(scalar)) {
                    entries.putIfAbsent(scalar.getValue(), entry(scalar, tuple.getValueNode()));
                }
            } else if (!isMerge(scalar)) {
                addOnce(entry(scalar, tuple.getValueNode()));
            }
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode scalar && isMerge(scalar)) {
                merge(scalar, tuple.getValueNode(), depth);
            }
        }
    }

    private void merge(ScalarNode key, Node value, int depth) {
        if (++visited > MAX_MERGED || depth > 16) {
            findings.problem(key, "more merges (<<) in merges than can be read; write the keys out");
            return;
        }
        List<Node> merged = value instanceof SequenceNode list ? list.getValue() : List.of(value);
        for (Node each : merged) {
            if (visited > MAX_MERGED) {
                return;
            } else if (each instanceof MappingNode mapping) {
                collect(mapping, depth + 1);
            } else {
                findings.problem(
                        each, "expected a mapping, or a list of mappings, to merge; found " + NodeText.of(each));
            }
        }
    }

    private void addOnce(Entry entry) {
        Entry first = entries.putIfAbsent(entry.key(), entry);
        if (first != null) {
            String place = path.isEmpty() ? "at the top of the file" : "in " + path;
            findings.problem(
                    entry.keyNode(),
                    "'" + KeyText.of(entry.key()) + "' is written twice " + place + ", first on line " + first.line()
                            + "; keep one");
        }
    }

    private Entry entry(ScalarNode key, Node value) {
        return new Entry(path, key.getValue(), key, value);
    }

    private static boolean isMerge(ScalarNode key) {
        return key.getTag().equals(Tag.MERGE);
    }
}
