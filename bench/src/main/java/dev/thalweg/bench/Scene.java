package dev.thalweg.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.ssl.SslContext;
import java.util.EnumMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Those who are compared, and how each is asked for the same. */
record Scene(Stage stage, Nginx nginx, Map<Subject, Gateway> gateways) {
    static final String MAIN_OPTIONS = "-Xmx512m";

    static Scene start(Stage stage) throws Exception {
        Nginx nginx = Nginx.start(stage);
        return new Scene(stage, nginx, Map.of(Subject.GATEWAY, Gateway.start(stage, "main", MAIN_OPTIONS)));
    }

    /** The same with this process as that subject. */
    Scene with(Subject subject, Gateway gateway) {
        Map<Subject, Gateway> more = new EnumMap<>(gateways);
        more.put(subject, gateway);
        return new Scene(stage, nginx, Map.copyOf(more));
    }

    /** Whether there is such a subject here. */
    boolean has(Subject subject) {
        return !subject.gateway() || gateways.containsKey(subject);
    }

    Gateway gateway(Subject subject) {
        Gateway gateway = gateways.get(subject);
        if (gateway == null) {
            throw new IllegalArgumentException(subject.label() + " is not on this scene");
        }
        return gateway;
    }

    ProcessHandle process(Subject subject) {
        return switch (subject) {
            case NGINX -> nginx.process().toHandle();
            case DIRECT -> throw new IllegalArgumentException("nobody stands in between");
            case BARE, GATEWAY, MANY -> gateway(subject).process().toHandle();
        };
    }

    int port(Subject subject, String model, Tls tls) {
        return switch (subject) {
            case DIRECT -> stage.upstreamPort;
            case NGINX -> nginx.port(tls, model.startsWith("stream"));
            case BARE, GATEWAY, MANY -> gateway(subject).port();
        };
    }

    /**
     * How many events come out of a stream: a gateway takes out the usage for which the caller did not ask, and adds a comment
     * that says who served.
     */
    static int events(Subject subject, int chunks) {
        return Script.events(chunks) - (subject.configured() ? 1 : 0) + (subject.gateway() ? 1 : 0);
    }

    /** A load of requests for this model. */
    Load load(Subject subject, String model, Tls tls, int connections, int each, int rampMillis, int events)
            throws SSLException {
        SslContext client = tls == Tls.CALLERS ? new Certificate(stage.directory).client() : null;
        byte[] request = request(subject, model, tls, null);
        return new Load(port(subject, model, tls), client, request, connections, each, rampMillis, events);
    }

    static byte[] request(Subject subject, String model, Tls tls, @Nullable String prompt) {
        String body = body(subject, model, tls, prompt);
        return ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + Gateway.KEY + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(US_ASCII);
    }

    /** A request for a stream of this model at this path. */
    static byte[] request(Subject subject, String path, String model) {
        String body = "{\"model\":\"" + name(subject, model, Tls.NONE) + "\",\"stream\":true,\"max_tokens\":1000,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Which line in a river flows fastest, and why?\"}]}";
        return ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + Gateway.KEY + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(US_ASCII);
    }

    /** A request for this model, which a configured gateway knows under an alias only. */
    static String body(Subject subject, String model, Tls tls, @Nullable String prompt) {
        return "{\"model\":\"" + name(subject, model, tls) + "\"" + (model.equals("json") ? "" : stream(subject))
                + ",\"temperature\":0.7,\"messages\":[{\"role\":\"system\",\"content\":\"You are a helpful assistant.\"},"
                + "{\"role\":\"user\",\"content\":\""
                + (prompt == null ? "Which line in a river flows fastest, and why?" : prompt) + "\"}]}";
    }

    /** What the model is called there. */
    static String name(Subject subject, String model, Tls tls) {
        return subject.configured() ? "fast-" + (tls == Tls.UPSTREAM ? "tls-" : "") + model : model;
    }

    /** Whoever asks the bare gateway asks for the usage, so that there is nothing to hide. */
    private static String stream(Subject subject) {
        return ",\"stream\":true" + (subject == Subject.BARE ? ",\"stream_options\":{\"include_usage\":true}" : "");
    }
}
