package dev.thalweg;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.upstream.ApiBase;
import java.net.URI;

/** A server's address as people write it: with or without a path, with or without a slash at its end. */
final class BaseUrl {
    /** Stands for any provider where it only matters whether a URL is one. */
    static final Provider ANY = Providers.find("openai_like").orElseThrow();

    private BaseUrl() {}

    /**
     * Reads one of this provider's.
     *
     * @param from which setting it comes from, for the message: the URL itself may hold a password
     * @throws IllegalArgumentException when it cannot be used
     */
    static URI of(Provider provider, String url, String from) {
        try {
            return ApiBase.of(provider, url, null);
        } catch (ApiBase.Unusable unusable) {
            throw unusable(from, unusable);
        }
    }

    /** What is said of one that cannot be used. */
    static IllegalArgumentException unusable(String from, ApiBase.Unusable why) {
        return new IllegalArgumentException("Not a URL in " + from
                + ": write http://HOST:PORT or https://HOST, with or without a path; " + why.getMessage() + ".");
    }
}
