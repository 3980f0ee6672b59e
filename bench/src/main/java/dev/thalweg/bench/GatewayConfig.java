package dev.thalweg.bench;

/** The configurations that gateways are started with. */
final class GatewayConfig {
    /** How many deployments and keys there are that nobody asks for. */
    private static final int MANY = 1_000;

    /** Every model there is a script for, under another name; the same over TLS. */
    private static final String[] MODELS = {"json", "stream-100-10", "stream-5-1", "stream-1-30000", "flood-200"};

    private static final String MODEL = """
              - model_name: %s
                params: {model: openai/%s, api_base: "%s", api_key: sk-upstream}
            """;

    private static final String SETTINGS = """
            thalweg_settings: {transport: %s, event_loops: 1, max_connections: 20000%s}
            """;

    private static final String GENERAL = """
            general_settings: {shutdown_delay: 0, master_key: sk-master-of-the-bench-0123456789%s}
            keys:
              - {name: bench, key: %s}
            """;

    private final Stage stage;

    GatewayConfig(Stage stage) {
        this.stage = stage;
    }

    /** Everything on: keys, aliases, the loop guard, usage that callers did not ask for. */
    String everything() {
        return models() + trusting() + GENERAL.formatted("", Gateway.KEY);
    }

    /** The same, its port TLS. */
    String callersTls() {
        Certificate certificate = new Certificate(stage.directory);
        String tls = ", tls_certificate: \"%s\", tls_key: \"%s\"".formatted(certificate.chain(), certificate.key());
        return models() + trusting() + GENERAL.formatted(tls, Gateway.KEY);
    }

    /** No key, no alias, no guard, no retries, no comments on silent streams. Record and metrics cannot be switched off. */
    String bare() {
        StringBuilder yaml = new StringBuilder("model_list:\n");
        for (String model : MODELS) {
            yaml.append(MODEL.formatted(model, model, plain()));
        }
        String off = ", repeated_streaming_chunk_limit: 0, num_retries: 0, stream_keep_alive: 0";
        return yaml + SETTINGS.formatted(stage.transport, off);
    }

    /** Everything on, with a thousand deployments and a thousand keys besides. */
    String many() {
        StringBuilder yaml = new StringBuilder(models());
        for (int i = 0; i < MANY; i++) {
            yaml.append(MODEL.formatted("unused-" + i, "json", plain()));
        }
        yaml.append(trusting()).append(GENERAL.formatted("", Gateway.KEY));
        for (int i = 0; i < MANY; i++) {
            yaml.append("  - {name: unused-%d, key: sk-unused-%d-0123456789abcdef}\n".formatted(i, i));
        }
        return yaml.toString();
    }

    /** {@code fast-json}, whose only deployment fails every call, and {@code json}, which stands in for it. */
    String failing() {
        return "model_list:\n" + MODEL.formatted("fast-json", "dead", plain())
                + MODEL.formatted("json", "json", plain())
                + "router_settings: {fallbacks: [{fast-json: [json]}], num_retries: 0}\n"
                + SETTINGS.formatted(stage.transport, "") + GENERAL.formatted("", Gateway.KEY);
    }

    private String models() {
        StringBuilder yaml = new StringBuilder("model_list:\n");
        for (String model : new String[] {"anthropic-100-10", "anthropic-5-1"}) {
            yaml.append(MODEL.formatted("fast-" + model, model, plain()).replace("openai/", "anthropic/"));
        }
        for (String model : MODELS) {
            yaml.append(MODEL.formatted("fast-" + model, model, plain()));
            yaml.append(
                    MODEL.formatted("fast-tls-" + model, model, "https://127.0.0.1:" + stage.upstreamTlsPort + "/v1"));
        }
        return yaml.toString();
    }

    private String trusting() {
        return SETTINGS.formatted(stage.transport, ", ca_file: \"" + new Certificate(stage.directory).chain() + "\"");
    }

    private String plain() {
        return "http://127.0.0.1:" + stage.upstreamPort + "/v1";
    }
}
