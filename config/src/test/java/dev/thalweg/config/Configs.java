package dev.thalweg.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Short ways to read a text as a file, for tests. */
final class Configs {
    static final Map<String, String> NOTHING = Map.of();

    private Configs() {}

    static GatewayConfig read(String yaml) {
        return read(yaml, NOTHING);
    }

    static GatewayConfig read(String yaml, Map<String, String> environment) {
        return ConfigLoader.parse("config.yaml", yaml, environment).orThrow();
    }

    /** One deployment of the given flow mapping. */
    static Deployment deployment(String params) {
        return read("model_list: [{model_name: m, params: {" + params + "}}]")
                .deployments()
                .get(0);
    }

    /** One deployment that needs no key, with further params. */
    static Deployment local(String params) {
        return deployment("model: ollama/llama3, " + params);
    }

    static Settings settings(String yaml) {
        return read("model_list: [{model_name: m, params: {model: thalweg/demo}}]\n" + yaml)
                .settings();
    }

    /** The problems' lines, as printed. */
    static List<String> problems(String yaml, Map<String, String> environment, Strictness strictness) {
        return switch (ConfigLoader.parse("config.yaml", yaml, environment, strictness)) {
            case ConfigResult.Loaded _ -> List.of();
            case ConfigResult.Refused refused ->
                refused.problems().stream().map(Problem::text).collect(Collectors.toList());
        };
    }

    static List<String> problems(String yaml) {
        return problems(yaml, NOTHING, Strictness.SERVE);
    }

    /** The problems of one deployment of the given flow mapping. */
    static List<String> deploymentProblems(String params) {
        return problems("model_list: [{model_name: m, params: {" + params + "}}]");
    }

    static List<String> notices(GatewayConfig config, Notice.Kind kind) {
        return config.notices().stream()
                .filter(notice -> notice.kind() == kind)
                .map(Notice::text)
                .toList();
    }
}
