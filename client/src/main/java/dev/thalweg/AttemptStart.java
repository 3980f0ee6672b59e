package dev.thalweg;

import java.net.URI;
import java.util.Objects;

/** Who is about to be asked. Immutable. */
public final class AttemptStart {
    private final int number;
    private final String deployment;
    private final String model;
    private final String provider;
    private final String protocol;
    private final String host;
    private final int port;

    AttemptStart(int number, Endpoint endpoint, Target target) {
        this.number = number;
        this.deployment = endpoint.id();
        this.model = endpoint.model();
        this.provider = target.name();
        this.protocol = target.dialect().name();
        URI base = target.upstream().base();
        this.host = Objects.requireNonNullElse(base.getHost(), "");
        boolean tls = "https".equalsIgnoreCase(base.getScheme());
        this.port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
    }

    /** The how manieth attempt of the call that got so far it is, from 1. */
    public int number() {
        return number;
    }

    /** The deployment, by its id; without a routing the model. */
    public String deployment() {
        return deployment;
    }

    /** What it is asked for, {@code provider/model}. */
    public String model() {
        return model;
    }

    /** Whose it is: a provider's name, or {@code gateway}. */
    public String provider() {
        return provider;
    }

    /**
     * The protocol it is asked in: {@code openai} for chat completions, {@code anthropic}, {@code responses}. A gateway is
     * asked in chat completions, whatever it asks its providers in.
     */
    public String protocol() {
        return protocol;
    }

    /** Where it is, a host's name or address. */
    public String host() {
        return host;
    }

    /** The port there. */
    public int port() {
        return port;
    }

    /** A line for people. */
    @Override
    public String toString() {
        return "AttemptStart[" + number + ": " + deployment + " at " + host + ":" + port + "]";
    }
}
