package dev.thalweg;

import dev.thalweg.core.catalog.Provider;
import java.net.URI;

/**
 * Where one call goes.
 *
 * @param provider how the request is written
 * @param name who answers, for error messages
 * @param asked the model as the caller named it
 * @param model the model's name as it is sent
 * @param uri where the request goes
 * @param keyHeader the header that carries the key; empty where no key is sent
 * @param keyValue that header's value
 */
record Target(Provider provider, String name, String asked, String model, URI uri, String keyHeader, String keyValue) {

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
