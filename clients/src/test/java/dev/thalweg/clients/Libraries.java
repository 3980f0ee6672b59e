package dev.thalweg.clients;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jars that the libraries in this JVM come from. */
final class Libraries {
    private static final Pattern VERSION = Pattern.compile("-(\\d[^/]*)\\.jar$");

    private Libraries() {}

    /** The version in the name of a class's jar, for libraries that do not say it in their manifest. */
    static String version(Class<?> type) {
        Path jar =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
        Matcher version = VERSION.matcher(jar.getFileName().toString());
        return version.find() ? version.group(1) : jar.getFileName().toString();
    }
}
