package dev.thalweg.core.stream.property;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer in pieces.
 *
 * @param style whose stream it looks like
 * @param answer the answer they are pieces of
 * @param chunks the pieces
 * @param habits how it was cut
 */
record Cut(Style style, ObjectNode answer, List<ObjectNode> chunks, Habits habits) {}
