package dev.thalweg;

import dev.thalweg.core.upstream.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files of credentials, which are read when their account is asked for the first time. */
final class SmallFiles {
    private SmallFiles() {}

    /** As {@link TextFiles} wants it. */
    static @Nullable String read(String path) {
        try {
            Path file = Path.of(path);
            return Files.size(file) > TextFiles.MOST_BYTES ? null : Files.readString(file);
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }
}
