package dev.thalweg.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What stands in a configuration file at one moment, links followed, or why it cannot be read. Immutable. */
public final class ConfigFile {
    private final Path path;
    private final byte @Nullable [] bytes;
    private final String fault;

    private ConfigFile(Path path, byte @Nullable [] bytes, String fault) {
        this.path = path;
        this.bytes = bytes;
        this.fault = fault;
    }

    /** Reads the file as it is now; of one that is too long only as much as shows it. */
    public static ConfigFile read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return new ConfigFile(path, in.readNBytes(YamlSource.MAX_BYTES + 1), "");
        } catch (NoSuchFileException missing) {
            return new ConfigFile(
                    path,
                    null,
                    "there is no such file; the path is taken from "
                            + Path.of("").toAbsolutePath());
        } catch (IOException unreadable) {
            String reason = Files.isDirectory(path)
                    ? "it is a directory"
                    : unreadable.getClass().getSimpleName();
            return new ConfigFile(
                    path, null, "the file cannot be read (" + reason + "); check the path and its permissions");
        }
    }

    /** The file's name as it was given. */
    public String name() {
        return path.toString();
    }

    /** The same for the same content (or the same fault), whatever the file's time, length or place. Tells no content. */
    public String fingerprint() {
        if (bytes == null) {
            return fault;
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    /** The content, or null where there is none; then {@link #fault()} says why. */
    byte @Nullable [] bytes() {
        return bytes;
    }

    String fault() {
        return fault;
    }
}
