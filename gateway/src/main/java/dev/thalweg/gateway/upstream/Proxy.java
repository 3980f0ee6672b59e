package dev.thalweg.gateway.upstream;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that {@code https} connections go through, as {@code HTTPS_PROXY} and {@code NO_PROXY} say (either spelling
 * of the letters). Connections to {@code http} providers are local ones and go straight.
 */
public final class Proxy {
    private final @Nullable URI proxy;
    private final List<String> exceptions;

    private Proxy(@Nullable URI proxy, List<String> exceptions) {
        this.proxy = proxy;
        this.exceptions = exceptions;
    }

    /**
     * The proxy these variables name.
     *
     * @throws IllegalArgumentException when {@code HTTPS_PROXY} is not a URL with a host
     */
    public static Proxy of(Map<String, String> environment) {
        String url = first(environment, "HTTPS_PROXY", "https_proxy");
        String except = first(environment, "NO_PROXY", "no_proxy");
        if (url == null) {
            return new Proxy(null, List.of());
        }
        URI proxy = URI.create(url.contains("://") ? url : "http://" + url);
        if (proxy.getHost() == null || !"http".equalsIgnoreCase(proxy.getScheme())) {
            throw new IllegalArgumentException("HTTPS_PROXY must look like http://host:port");
        }
        List<String> exceptions = except == null
                ? List.of()
                : Stream.of(except.split(","))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .filter(name -> !name.isEmpty())
                        .toList();
        return new Proxy(proxy, exceptions);
    }

    /** The proxy for connections to this address. */
    public Optional<URI> forAddress(Address address) {
        if (proxy == null || !address.tls()) {
            return Optional.empty();
        }
        boolean straight = exceptions.stream().anyMatch(name -> excepts(name, address));
        return straight ? Optional.empty() : Optional.of(proxy);
    }

    private static boolean excepts(String name, Address address) {
        String host = address.host();
        if (name.equals("*") || name.equals(host) || name.equals(host + ":" + address.port())) {
            return true;
        }
        String suffix = name.startsWith("*") ? name.substring(1) : name;
        return host.endsWith(suffix.startsWith(".") ? suffix : "." + suffix);
    }

    private static @Nullable String first(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.get(name);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }
}
