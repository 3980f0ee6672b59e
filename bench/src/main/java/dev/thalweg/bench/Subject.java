package dev.thalweg.bench;

import java.util.Locale;

/** Who is asked. */
enum Subject {
    DIRECT,
    NGINX,
    GATEWAY;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
