package dev.thalweg.gateway;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the request record goes: as the command says, else as the configuration says, else where state belongs. */
final class DataDirectory {
    private DataDirectory() {}

    static Path of(@Nullable Path option, @Nullable Path configured, Map<String, String> environment) {
        if (option != null) {
            return option.toAbsolutePath();
        }
        if (configured != null) {
            return configured.toAbsolutePath();
        }
        String state = environment.get("XDG_STATE_HOME");
        Path base = state != null && Path.of(state).isAbsolute()
                ? Path.of(state)
                : Path.of(System.getProperty("user.home"), ".local", "state");
        return base.resolve("thalweg");
    }
}
