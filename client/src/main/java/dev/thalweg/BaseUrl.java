package dev.thalweg;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server's address as people write it: with or without a path, with or without a slash at its end.
 *
 * @param origin scheme, host and port
 * @param path empty, or begins with a slash and does not end with one
 */
record BaseUrl(String origin, String path) {
    /**
     * Reads a URL.
     *
     * @param from which setting it comes from, for the message: the URL itself may hold a password
     * @throws IllegalArgumentException when it is not an http or https URL
     */
    static BaseUrl of(String url, String from) {
        @Nullable URI uri = null;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            // Said below: the exception's own message repeats the URL.
        }
        if (uri == null || uri.getScheme() == null || uri.getHost() == null || !isHttp(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "Not a URL in " + from + ": write http://HOST:PORT or https://HOST, with or without a path.");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return new BaseUrl(uri.getScheme() + "://" + uri.getRawAuthority(), path);
    }

    private static boolean isHttp(String scheme) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        return lower.equals("http") || lower.equals("https");
    }

    /** This one where it has a path, the same with this path where it has none. */
    BaseUrl orPath(String usual) {
        return path.isEmpty() ? new BaseUrl(origin, usual) : this;
    }

    /** The same with this behind its path. */
    BaseUrl below(String root) {
        return new BaseUrl(origin, path + root);
    }

    boolean endsWith(String end) {
        return path.endsWith(end);
    }

    /** The address of something below it. */
    URI with(String below) {
        return URI.create(origin + path + below);
    }
}
