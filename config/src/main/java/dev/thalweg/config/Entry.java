package dev.thalweg.config;

import org.yaml.snakeyaml.nodes.Node;

/**
 * One key of a section and its value.
 *
 * @param section the path of the section; empty at the top of the file
 * @param key the key as written
 * @param keyNode where the key stands
 * @param value the value
 */
record Entry(String section, String key, Node keyNode, Node value) {
    /** How messages name the place: {@code model_list[0].litellm_params.timeout}. */
    String path() {
        return section.isEmpty() ? key : section + "." + key;
    }

    /** The path without the positions in lists, for what is said of every entry alike. */
    String generalPath() {
        return path().replaceAll("\\[[0-9]+\\]", "[]");
    }

    int line() {
        return keyNode.getStartMark().getLine() + 1;
    }
}
