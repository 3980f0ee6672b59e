package dev.thalweg.config;

import dev.thalweg.core.upstream.KeyText;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads keys of {@code litellm_params} that are no options of a deployment, and {@code mock_response}, as JSON. */
final class RequestDefaults {
    /** The caller alone decides these. */
    private static final Set<String> CALLERS = Set.of("messages", "model", "stream", "stream_options");

    private final Findings findings;
    private final Values values;
    private final DeploymentBuilder deployment;

    RequestDefaults(Findings findings, Values values, DeploymentBuilder deployment) {
        this.findings = findings;
        this.values = values;
        this.deployment = deployment;
    }

    /** A key without a value says nothing, as in LiteLLM. */
    void readUnlessNull(Entry entry) {
        if (!entry.value().getTag().equals(Tag.NULL)) {
            read(entry);
        }
    }

    private void read(Entry entry) {
        if (CALLERS.contains(entry.key())) {
            findings.problem(entry.keyNode(), entry.path() + " is for the caller to decide; remove it");
            return;
        }
        String json = json(entry.value(), entry.path());
        if (json != null) {
            deployment.requestDefaults.put(entry.key(), json);
            findings.notice(
                    Notice.Kind.REQUEST_DEFAULT,
                    entry.keyNode(),
                    entry.path() + " is sent with requests that do not set '" + KeyText.of(entry.key()) + "'");
        }
    }

    /** {@code extra_body}: the same, for names that are taken or look like slips. */
    void readExtraBody(Entry entry) {
        Section section = values.section(entry.value(), entry.path());
        if (section != null) {
            section.entries().forEach(this::read);
        }
    }

    @Nullable
    String json(Node node, String path) {
        try {
            return JsonText.of(node, text -> values.resolve(text, node, path));
        } catch (JsonText.Unwritable unwritable) {
            findings.problem(node, path + ": " + unwritable.getMessage());
            return null;
        }
    }
}
