package dev.thalweg.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/** The three that are compared, and how each is asked for the same. */
record Scene(Stage stage, Nginx nginx, Gateway gateway) {
    static final String MAIN_OPTIONS = "-Xmx512m";

    static Scene start(Stage stage) throws Exception {
        return new Scene(stage, Nginx.start(stage), Gateway.start(stage, "main", MAIN_OPTIONS));
    }

    ProcessHandle process(Subject subject) {
        return switch (subject) {
            case NGINX -> nginx.process().toHandle();
            case GATEWAY -> gateway.process().toHandle();
            case DIRECT -> throw new IllegalArgumentException("nobody stands in between");
        };
    }

    int port(Subject subject, String model, boolean tls) {
        boolean stream = model.startsWith("stream");
        return switch (subject) {
            case DIRECT -> stage.upstreamPort;
            case NGINX ->
                tls
                        ? (stream ? nginx.streamTlsPort() : nginx.jsonTlsPort())
                        : (stream ? nginx.streamPort() : nginx.jsonPort());
            case GATEWAY -> gateway.port();
        };
    }

    /** How many events come out of a stream: the gateway takes out the usage, for which the caller did not ask. */
    static int events(Subject subject, int chunks) {
        return Script.events(chunks) - (subject == Subject.GATEWAY ? 1 : 0);
    }

    /** A load of requests for this model. */
    Load load(Subject subject, String model, boolean tls, int connections, int each, int rampMillis, int events) {
        return new Load(
                port(subject, model, tls), request(subject, model, tls, null), connections, each, rampMillis, events);
    }

    static byte[] request(Subject subject, String model, boolean tls, @Nullable String prompt) {
        String body = body(subject, model, tls, prompt);
        return ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + Gateway.KEY + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(US_ASCII);
    }

    /** A request for this model, which the gateway knows under an alias only. */
    static String body(Subject subject, String model, boolean tls, @Nullable String prompt) {
        String name = subject == Subject.GATEWAY ? "fast-" + (tls ? "tls-" : "") + model : model;
        return "{\"model\":\"" + name + "\"" + (model.equals("json") ? "" : ",\"stream\":true")
                + ",\"temperature\":0.7,\"messages\":[{\"role\":\"system\",\"content\":\"You are a helpful assistant.\"},"
                + "{\"role\":\"user\",\"content\":\""
                + (prompt == null ? "Which line in a river flows fastest, and why?" : prompt) + "\"}]}";
    }
}
