package dev.thalweg.clients;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Finds where two values of JSON differ. */
final class Differences {
    private static final int SHOWN = 240;

    private Differences() {}

    /** All places that differ, with what is there. */
    static List<String> between(JsonNode direct, JsonNode relayed) {
        List<String> found = new ArrayList<>();
        find("", direct, relayed, found);
        return found;
    }

    private static void find(String path, JsonNode direct, JsonNode relayed, List<String> found) {
        if (direct.equals(relayed)) {
            return;
        }
        if (direct.isObject() && relayed.isObject()) {
            Set<String> names = new LinkedHashSet<>(direct.propertyNames());
            names.addAll(relayed.propertyNames());
            names.forEach(name -> find(path + "/" + name, direct.path(name), relayed.path(name), found));
        } else if (direct.isArray() && relayed.isArray() && direct.size() == relayed.size()) {
            for (int i = 0; i < direct.size(); i++) {
                find(path + "/" + i, direct.path(i), relayed.path(i), found);
            }
        } else {
            found.add(path + ": directly " + shown(direct) + ", through the gateway " + shown(relayed));
        }
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
