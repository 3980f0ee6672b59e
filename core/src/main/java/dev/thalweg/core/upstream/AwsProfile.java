package dev.thalweg.core.upstream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A profile of AWS's shared credentials file, as its command line writes it. Read when a configuration is. */
public final class AwsProfile {
    private AwsProfile() {}

    /** Where the file is. */
    static String file(Environment environment) {
        String named = environment.find("AWS_SHARED_CREDENTIALS_FILE");
        String home = environment.findFirst(List.of("HOME", "USERPROFILE"));
        return named != null ? named : (home == null ? "" : home) + "/.aws/credentials";
    }

    /** What stands under this name; nothing where there is no such profile. */
    static Map<String, String> read(String file, String profile) {
        Map<String, String> values = new HashMap<>();
        boolean inside = false;
        for (String line : file.split("\\R", -1)) {
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
