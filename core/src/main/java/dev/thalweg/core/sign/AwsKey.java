package dev.thalweg.core.sign;

import org.jspecify.annotations.Nullable;

/**
 * A pair of keys of an AWS account. The secret is never shown.
 *
 * @param id the public part, which travels with every request
 * @param secret the secret part, which never travels
 * @param sessionToken what belongs to a pair that is valid for a while only; null: none
 */
public record AwsKey(String id, String secret, @Nullable String sessionToken) {
    @Override
    public String toString() {
        return "AwsKey[" + id + "]";
    }
}
