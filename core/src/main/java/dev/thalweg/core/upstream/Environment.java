package dev.thalweg.core.upstream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Environment variables as the configuration sees them. An empty variable counts as not set. */
public record Environment(Map<String, String> variables) {
    /** What a value starts with that is to be taken from the environment. */
    public static final String PREFIX = "os.environ/";

    /** Copies them. */
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** These, and others where these have none of the name: the process wins over the file, as in LiteLLM. */
    public Environment or(Map<String, String> others) {
        Map<String, String> merged = new HashMap<>(others);
        variables.forEach((name, value) -> {
            if (!value.isBlank()) {
                merged.put(name, value);
            }
        });
        return new Environment(merged);
    }

    /** The value of this variable; null where it is not set. */
    public @Nullable String find(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** The value of the first of these variables that is set; null where none is. */
    public @Nullable String findFirst(List<String> names) {
        for (String name : names) {
            String value = find(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
