package dev.thalweg.gateway.upstream;

import java.net.URI;
import java.util.Locale;

/**
 * Where connections go that can stand in for each other.
 *
 * @param tls whether they are encrypted
 * @param host a name or an IP address
 * @param port the port
 */
public record Address(boolean tls, String host, int port) {
    /** The address a URL names. */
    public static Address of(URI url) {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        return new Address(tls, host, url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80);
    }

    /** The value of the {@code Host} header. */
    public String hostHeader() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }
}
