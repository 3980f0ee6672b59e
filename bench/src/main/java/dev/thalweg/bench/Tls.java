package dev.thalweg.bench;

/** On which side of the proxy TLS is spoken. */
enum Tls {
    NONE(""),
    UPSTREAM(", TLS upstream"),
    CALLERS(", TLS towards callers");

    private final String suffix;

    Tls(String suffix) {
        this.suffix = suffix;
    }

    /** What the name of a measure ends with. */
    String suffix() {
        return suffix;
    }

    /** How an address begins that a caller asks. */
    String scheme() {
        return this == CALLERS ? "https" : "http";
    }
}
