package dev.thalweg.config;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What a value is, in words for a message. */
final class NodeText {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9 .,:_+-]{1,12}");

    private NodeText() {}

    /** The kind of value only: it may be a key. */
    static String of(Node node) {
        if (node instanceof MappingNode) {
            return "a mapping";
        } else if (node instanceof SequenceNode) {
            return "a list";
        } else if (node.getTag().equals(Tag.NULL)) {
            return "nothing";
        }
        return "a text or number";
    }

    /** The value itself where it is short; only for keys whose values are no secrets. */
    static String shown(Node node) {
        if (!(node instanceof ScalarNode scalar) || node.getTag().equals(Tag.NULL)) {
            return of(node);
        }
        String text = scalar.getValue();
        boolean harmless = HARMLESS.matcher(text).matches() && !text.startsWith("sk");
        return harmless ? "'" + text + "'" : "a text of " + text.length() + " characters";
    }
}
