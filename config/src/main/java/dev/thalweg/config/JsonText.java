package dev.thalweg.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML value as JSON text. Bounded: this is the one place that walks aliases to their ends. */
final class JsonText {
    private static final int MAX_LENGTH = 1 << 18;
    private static final int MAX_DEPTH = 60;

    private final StringBuilder out = new StringBuilder();
    private final Function<String, @Nullable String> texts;

    private JsonText(Function<String, @Nullable String> texts) {
        this.texts = texts;
    }

    /** The value does not fit, or is no JSON; the message says which. */
    static final class Unwritable extends Exception {
        private static final long serialVersionUID = 1L;

        Unwritable(String message) {
            super(message);
        }
    }

    /** The JSON text, each string value replaced by what {@code texts} makes of it. */
    static String of(Node node, Function<String, @Nullable String> texts) throws Unwritable {
        JsonText json = new JsonText(texts);
        json.write(node, 0);
        return json.out.toString();
    }

    /** A JSON string. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').append(letter);
            } else if (letter == '\n') {
                quoted.append("\\n");
            } else if (letter < 0x20 || (Character.isSurrogate(letter) && !paired(text, index))) {
                quoted.append("\\u").append(String.format("%04x", (int) letter));
            } else {
                quoted.append(letter);
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean paired(String text, int index) {
        char letter = text.charAt(index);
        return Character.isHighSurrogate(letter)
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }

    private void write(Node node, int depth) throws Unwritable {
        if (depth > MAX_DEPTH || out.length() > MAX_LENGTH) {
            throw new Unwritable(
                    "the value is longer than 256 KiB or deeper than 60 levels once its aliases are followed");
        }
        switch (node) {
            case MappingNode mapping -> writeObject(mapping, depth);
            case SequenceNode list -> writeArray(list, depth);
            case ScalarNode scalar -> writeScalar(scalar);
            default -> throw new Unwritable("the value is no text, number, list or mapping");
        }
    }

    private void writeObject(MappingNode mapping, int depth) throws Unwritable {
        out.append('{');
        String separator = "";
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.MERGE)) {
                throw new Unwritable("a key within the value is no plain name; write merges (<<) out");
            }
            out.append(separator).append(quote(key.getValue())).append(':');
            write(tuple.getValueNode(), depth + 1);
            separator = ",";
        }
        out.append('}');
    }

    private void writeArray(SequenceNode list, int depth) throws Unwritable {
        out.append('[');
        String separator = "";
        for (Node each : list.getValue()) {
            out.append(separator);
            write(each, depth + 1);
            separator = ",";
        }
        out.append(']');
    }

    private void writeScalar(ScalarNode scalar) throws Unwritable {
        Object value = new Scalars().value(scalar);
        switch (value) {
            case null -> out.append("null");
            case Boolean flag -> out.append(flag);
            case Double number
            when number.isNaN() || number.isInfinite() -> throw new Unwritable("JSON has no number like this one");
            case Number number -> out.append(number);
            case String text -> {
                String resolved = texts.apply(text);
                out.append(resolved == null ? "null" : quote(resolved));
            }
            default -> out.append(quote(scalar.getValue()));
        }
    }

    /** YAML 1.1's reading of one scalar, as PyYAML has it. */
    private static final class Scalars extends SafeConstructor {
        Scalars() {
            super(new LoaderOptions());
        }

        @Nullable
        Object value(ScalarNode scalar) throws Unwritable {
            try {
                return constructObject(scalar);
            } catch (RuntimeException broken) {
                throw new Unwritable("the value has a tag or form that cannot be read; put it in quotes");
            }
        }
    }
}
