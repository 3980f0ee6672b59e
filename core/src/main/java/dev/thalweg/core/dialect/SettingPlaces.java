package dev.thalweg.core.dialect;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a protocol's requests have a setting that an operator names as chat completions do, which is how LiteLLM's
 * configurations have it. A name that is not in the table is the protocol's own. Immutable.
 */
public final class SettingPlaces {
    /** Everything is named and stands as in chat completions. */
    public static final SettingPlaces AS_IN_CHAT = new SettingPlaces(Map.of(), null);

    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> objects = new HashSet<>();
    private final @Nullable String others;

    private SettingPlaces(Map<String, String> table, @Nullable String others) {
        table.forEach((name, path) -> places.put(name, Place.of(path)));
        places.values().stream()
                .map(Place::object)
                .filter(object -> !object.isEmpty())
                .forEach(objects::add);
        this.others = others;
        if (others != null) {
            objects.add(others);
        }
    }

    /**
     * A place in a request.
     *
     * @param object the object that it is in; empty for the request itself
     */
    private record Place(String object, String name) {
        static Place of(String path) {
            int dot = path.indexOf('.');
            return dot < 0 ? new Place("", path) : new Place(path.substring(0, dot), path.substring(dot + 1));
        }
    }

    /** Places by the names of chat completions: a member of the request, or {@code object.member}. */
    public static SettingPlaces of(Map<String, String> table) {
        return new SettingPlaces(table, null);
    }

    /**
     * The same for a protocol that has an object for whatever it has no word for.
     *
     * @param top what stands in the request itself under its own name
     */
    public static SettingPlaces of(Map<String, String> table, String others, String... top) {
        Map<String, String> all = new HashMap<>(table);
        Arrays.stream(top).forEach(name -> all.put(name, name));
        return new SettingPlaces(all, others);
    }

    /** Whether this member of a request is an object of settings, each of which is set or not by itself. */
    public boolean gathers(String member) {
        return objects.contains(member);
    }

    /**
     * These settings as members of a request: where two mean the same, the first.
     *
     * @param settings JSON text by name
     */
    public Map<String, String> spelled(Map<String, String> settings) {
        if (settings.isEmpty() || (places.isEmpty() && others == null)) {
            return settings;
        }
        ObjectNode members = JsonMapper.shared().createObjectNode();
        settings.forEach((name, json) -> put(members, name, JsonMapper.shared().readTree(json)));
        Map<String, String> spelled = new LinkedHashMap<>();
        members.forEachEntry((name, value) -> spelled.put(name, value.toString()));
        return spelled;
    }

    private void put(ObjectNode members, String name, JsonNode value) {
        Place place = place(name);
        if (gathers(place.name()) && place.object().isEmpty() && value.isObject()) {
            ObjectNode object = inside(members, place.name());
            value.forEachEntry(object::putIfAbsent);
            return;
        }
        // A list, wherever it is not called as in chat completions.
        boolean one = name.equals("stop") && value.isString() && places.containsKey(name);
        JsonNode said = one ? JsonMapper.shared().createArrayNode().add(value) : value;
        (place.object().isEmpty() ? members : inside(members, place.object())).putIfAbsent(place.name(), said);
    }

    private Place place(String name) {
        Place place = places.get(name);
        if (place != null) {
            return place;
        }
        return new Place(others == null || gathers(name) ? "" : others, name);
    }

    private static ObjectNode inside(ObjectNode members, String name) {
        return members.get(name) instanceof ObjectNode object ? object : members.putObject(name);
    }
}
