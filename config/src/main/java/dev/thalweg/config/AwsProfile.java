package dev.thalweg.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A profile of AWS's shared credentials file, as its command line writes it. Read when a configuration is. */
final class AwsProfile {
    private AwsProfile() {}

    /** Where the file is. */
    static Path file(Environment environment) {
        String named = environment.find("AWS_SHARED_CREDENTIALS_FILE");
        String home = environment.find("HOME");
        return named != null
                ? Path.of(named)
                : Path.of(home != null ? home : System.getProperty("user.home"), ".aws", "credentials");
    }

    /** What stands under this name; nothing where there is no such profile, null where the file cannot be read. */
    static @Nullable Map<String, String> read(Path file, String profile) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException unreadable) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        boolean inside = false;
        for (String line : lines) {
            String text = line.strip();
            int equals = text.indexOf('=');
            if (text.startsWith("[") && text.endsWith("]")) {
                inside = text.substring(1, text.length() - 1).strip().equals(profile);
            } else if (inside && equals > 0 && !text.startsWith("#") && !text.startsWith(";")) {
                values.put(
                        text.substring(0, equals).strip(),
                        text.substring(equals + 1).strip());
            }
        }
        return values;
    }
}
