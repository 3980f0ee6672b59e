package dev.thalweg.config;

import org.yaml.snakeyaml.nodes.Node;

/**
 * A model's name where the file refers to it.
 *
 * @param name the name
 * @param at where it stands
 * @param path what messages call the place
 */
record GroupName(String name, Node at, String path) {}
