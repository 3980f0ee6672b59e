package dev.thalweg.core.stream;

/** The clocks of a call. Each has a configuration key and an error code of its own. */
public enum Clock {
    /** From the attempt's start until a connection stands, TLS included. */
    CONNECT("connect_timeout", "connect to the provider"),
    /** Waiting for a free connection because as many as allowed are in use. */
    POOL("pool_timeout", "a free connection to the provider"),
    /** From the request's last byte sent until the answer's head. */
    FIRST_BYTE("first_byte_timeout", "the provider's answer to begin"),
    /** From the attempt's start until the first content. Pings do not stop it. */
    FIRST_TOKEN("first_token_timeout", "the first token"),
    /** Between two events of a stream, comments included: a provider's ping is a sign of life. */
    IDLE("idle_timeout", "the next event"),
    /** The whole call, retries included. Nothing resets it. */
    TOTAL("total_timeout", "the whole answer");

    private final String code;
    private final String waitingFor;

    Clock(String code, String waitingFor) {
        this.code = code;
        this.waitingFor = waitingFor;
    }

    /** The error code, which is also the configuration key. */
    public String code() {
        return code;
    }

    /** What was waited for, for people. */
    public String waitingFor() {
        return waitingFor;
    }

    /** How a stream ends when this clock runs out. */
    public StreamEnd end() {
        return this == TOTAL ? StreamEnd.DEADLINE : StreamEnd.STALLED;
    }
}
