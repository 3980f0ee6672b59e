package dev.thalweg.core.upstream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key that does not show in logs, messages or debuggers' summaries. Immutable. Comparing takes the same time wherever
 * the difference is, and whatever the lengths are: digests are compared, not keys.
 */
public final class Secret {
    private final String value;
    private final byte[] digest;

    /** Wraps the value as it is. */
    public Secret(String value) {
        this.value = value;
        this.digest = digestOf(value);
    }

    /** The value itself, for the header it is sent in and for nothing else. */
    public String reveal() {
        return value;
    }

    /** Whether this is the key a caller showed. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(digest, digestOf(candidate));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(digest, secret.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "[secret]";
    }

    /** What keys are compared by. */
    private static byte[] digestOf(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
