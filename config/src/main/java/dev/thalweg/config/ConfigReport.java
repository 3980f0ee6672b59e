package dev.thalweg.config;

import dev.thalweg.core.upstream.KeyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code thalweg check FILE} prints. Never a key, and of URLs only the host. */
public final class ConfigReport {
    private ConfigReport() {}

    /** The report, ending with a line that counts. */
    public static String text(ConfigResult result) {
        return switch (result) {
            case ConfigResult.Loaded loaded -> understood(loaded.config());
            case ConfigResult.Refused refused -> refused(refused);
        };
    }

    private static String refused(ConfigResult.Refused refused) {
        StringBuilder out = new StringBuilder();
        refused.problems().forEach(problem -> out.append(problem.text()).append('\n'));
        return out.append('\n')
                .append(count(refused.models(), refused.problems().size()))
                .toString();
    }

    private static String understood(GatewayConfig config) {
        StringBuilder out = new StringBuilder();
        out.append(models(config));
        out.append('\n').append(keys(config)).append('\n');
        part(out, "Settings that differ from their defaults", SettingsText.differences(config.settings()));
        part(out, "Routing", RoutingText.models(config));
        part(out, "Disabled", notices(config, Notice.Kind.DISABLED));
        part(out, "Request defaults", notices(config, Notice.Kind.REQUEST_DEFAULT));
        part(out, "Not in effect", notices(config, Notice.Kind.NOT_IN_EFFECT));
        part(out, "To know", notices(config, Notice.Kind.HINT));
        return out.append('\n').append(count(config.deployments().size(), 0)).toString();
    }

    private static String models(GatewayConfig config) {
        TextTable table = new TextTable("MODEL", "UPSTREAM", "HOST", "KEY", "RETRIES", "DIFFERENT FROM THE DEFAULTS");
        for (Deployment deployment : config.deployments()) {
            String host = deployment.apiBase().getHost();
            table.row(
                    KeyText.name(deployment.modelName()),
                    KeyText.name(deployment.provider().name() + "/" + deployment.upstreamModel()),
                    host == null ? "-" : host,
                    deployment.apiKey() == null ? "no" : "yes",
                    Integer.toString(
                            deployment.numRetries() == null ? config.settings().numRetries() : deployment.numRetries()),
                    String.join(", ", different(deployment)));
        }
        return table.text();
    }

    private static List<String> different(Deployment deployment) {
        List<String> words = new ArrayList<>();
        if (deployment.disabled() != null) {
            words.add("DISABLED");
        }
        if (deployment.mockResponse() != null) {
            words.add("mock");
        }
        if (deployment.mockResponse() == null
                && !deployment
                        .upstream()
                        .dialects()
                        .equals(deployment.provider().dialects())) {
            words.add("asked in " + String.join(" and ", deployment.upstream().dialects()));
        }
        words.addAll(CandidateText.words(deployment.candidate()));
        words.addAll(SettingsText.differences(deployment.timeouts()));
        return words;
    }

    private static String keys(GatewayConfig config) {
        if (!config.requiresKey()) {
            return "No key is configured: only this machine may call.";
        }
        String master = config.masterKey() == null ? "no master key" : "a master key";
        int count = config.keys().size();
        return "Callers need a key: " + master + " and " + count + (count == 1 ? " static key." : " static keys.");
    }

    private static List<String> notices(GatewayConfig config, Notice.Kind kind) {
        return config.notices().stream()
                .filter(notice -> notice.kind() == kind)
                .map(Notice::text)
                .toList();
    }

    private static void part(StringBuilder out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.append('\n').append(title).append(":\n");
            lines.forEach(line -> out.append("  ").append(line).append('\n'));
        }
    }

    private static String count(int models, int problems) {
        return String.format(
                Locale.ROOT,
                "%d model%s, %d problem%s\n",
                models,
                models == 1 ? "" : "s",
                problems,
                problems == 1 ? "" : "s");
    }
}
