package dev.thalweg.bench;

import java.util.Locale;

/** Who is asked. */
enum Subject {
    DIRECT,
    NGINX,
    /** The gateway with as little configured as it can do with. */
    BARE,
    /** The gateway as the bench has it: everything on, few deployments. */
    GATEWAY,
    /** The same with a thousand deployments and keys, one of each in use. */
    MANY;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a process of ours. */
    boolean gateway() {
        return ordinal() >= BARE.ordinal();
    }

    /** Whether its callers have a key, an alias, and usage they did not ask for. */
    boolean configured() {
        return this == GATEWAY || this == MANY;
    }
}
