package dev.thalweg;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.upstream.Upstream;
import dev.thalweg.core.wire.Framing;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where calls for a model go.
 *
 * @param upstream the account that is asked
 * @param dialect the protocol it is asked in
 * @param name who answers, for error messages
 * @param asked the model as the caller named it
 * @param model the model's name as it is sent
 * @param credentials what proves who asks, where that is more than a header that stays the same; null: nothing
 */
record Target(
        Upstream upstream,
        Dialect dialect,
        String name,
        String asked,
        String model,
        @Nullable Credentials credentials) {

    /** How the request is written. */
    Provider provider() {
        return upstream.provider();
    }

    /** Where the request goes. */
    URI uri(boolean stream) {
        URI base = upstream.base();
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + upstream.path(dialect, model, stream));
    }

    /** How the events of its streams are framed. */
    Framing framing() {
        return upstream.framing(dialect);
    }

    /** Its host, and its port where that is not the usual one. */
    String address() {
        URI base = upstream.base();
        return base.getPort() < 0 ? String.valueOf(base.getHost()) : base.getHost() + ":" + base.getPort();
    }

    /** How messages call it. */
    String label() {
        return asked.startsWith(name + "/") ? asked : asked + " (" + name + ")";
    }

    /** Without the key. */
    @Override
    public String toString() {
        return label();
    }
}
