package dev.thalweg.testkit.conformance;

/** Starts the gateway under test. */
@FunctionalInterface
public interface Gateways {
    /**
     * Starts a gateway on a free port of 127.0.0.1. It serves the model {@link Matrix#MODEL} to callers of every protocol,
     * each at its usual path, from one provider, which speaks no other protocol than the upstream's. It tries every request once: no retries, no second provider, nothing that
     * keeps a provider that failed from being asked; and it gives up a stream in which nothing comes for a second or so.
     *
     * @param upstream the provider's protocol, and the model to ask it for
     * @param url where the provider is: {@code http://127.0.0.1:PORT}, to which its usual paths are appended
     */
    Running start(Upstream upstream, String url);

    /** A gateway that runs. Whoever started it closes it. */
    interface Running extends AutoCloseable {
        /** The port. */
        int port();

        /** A key it lets in. */
        default String key() {
            return "sk-conformance";
        }

        @Override
        void close();
    }

    /** No gateway: callers speak with the provider itself. Only pairs of one protocol make sense then. */
    static Gateways none() {
        return (upstream, url) -> {
            int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
            return new Running() {
                @Override
                public int port() {
                    return port;
                }

                @Override
                public void close() {}
            };
        };
    }
}
