package dev.thalweg.config;

import dev.thalweg.core.upstream.Environment;
import dev.thalweg.core.upstream.KeyText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code model_list}. */
final class ModelListReader {
    private static final int MAX_ENTRIES = 10_000;

    private final Findings findings;
    private final Environment environment;
    private final Strictness strictness;
    private final DeploymentDefaults defaults;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Values values;
    private int entries;

    ModelListReader(Findings findings, Environment environment, Strictness strictness, DeploymentDefaults defaults) {
        this.findings = findings;
        this.environment = environment;
        this.strictness = strictness;
        this.defaults = defaults;
        this.values = Values.strict(findings, environment);
    }

    List<Deployment> read(Section top) {
        Entry list = top.find("model_list");
        if (list == null) {
            findings.notice(Notice.Kind.HINT, "there is no model_list; served is what the environment has keys for");
            List<Deployment> found = new EnvironmentDeployments(findings, environment, defaults, 0).all();
            entries = found.size();
            found.forEach(deployment -> names.add(deployment.modelName()));
            return found;
        }
        List<Node> nodes = list.value() instanceof SequenceNode sequence ? sequence.getValue() : List.of();
        entries = nodes.size();
        if (nodes.isEmpty() || nodes.size() > MAX_ENTRIES) {
            values.expected(
                    list, "a list of 1 to " + MAX_ENTRIES + " entries, each with model_name and litellm_params");
            return List.of();
        }
        List<Deployment> deployments = new ArrayList<>();
        for (int index = 0; index < nodes.size(); index++) {
            Section section = values.section(nodes.get(index), "model_list[" + index + "]");
            if (section != null && isEveryProvider(section)) {
                deployments.addAll(everyProvider(section));
                continue;
            }
            Deployment deployment = section == null ? null : read(section, index);
            if (deployment != null) {
                deployments.add(deployment);
            }
        }
        return Orders.unsaidLast(deployments);
    }

    /** LiteLLM's entry for whatever is asked for: {@code *} for {@code *}, and nothing else. */
    private boolean isEveryProvider(Section section) {
        Entry name = section.find("model_name");
        Section params = KnownKeys.PARAMS_NAMES.stream()
                .map(section::find)
                .filter(Objects::nonNull)
                .map(entry -> entry.value() instanceof MappingNode ? values.section(entry.value(), entry.path()) : null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        Entry model = params == null || params.entries().size() != 1 ? null : params.find(DeploymentKeys.MODEL);
        return section.entries().size() == 2
                && name != null
                && model != null
                && "*".equals(values.text(name))
                && "*".equals(values.text(model));
    }

    private List<Deployment> everyProvider(Section section) {
        // Behind those of the file: an id is made of the position, too.
        List<Deployment> found = new EnvironmentDeployments(findings, environment, defaults, MAX_ENTRIES).providers();
        found.forEach(deployment -> names.add(deployment.modelName()));
        names.add("*");
        findings.notice(
                Notice.Kind.HINT,
                section.node(),
                "'*' serves "
                        + (found.isEmpty()
                                ? "nothing: the environment has no provider's key"
                                : found.stream().map(Deployment::modelName).collect(Collectors.joining(", "))));
        return found;
    }

    /** The names of all entries, whatever else is wrong with them; an entry without one stands for any. */
    Set<String> names() {
        return names;
    }

    /** How many entries there are, whatever is wrong with them. */
    int entries() {
        return entries;
    }

    private @Nullable Deployment read(Section section, int position) {
        Set<String> meant = new KeyCheck(findings, KnownKeys.ENTRY, null).check(section);
        Entry name = section.find("model_name");
        if (name == null && !meant.contains("model_name")) {
            findings.problem(section.node(), section.path() + " has no model_name; add the name callers ask for");
        }
        String modelName = name == null ? null : values.text(name);
        if (name != null && modelName != null && modelName.isBlank()) {
            values.expected(name, "the name callers ask for");
        }
        DeploymentBuilder deployment = new DeploymentBuilder(modelName == null ? "*" : modelName, position);
        deployment.candidate.maxParallel = defaults.maxParallel();
        deployment.filePrices = defaults.prices();
        readInfo(section, deployment);
        new CandidateReader(values, deployment.candidate).entry(section);
        names.add(deployment.modelName);
        Section params = params(section, meant);
        return params == null
                ? null
                : new DeploymentReader(findings, environment, strictness, deployment).read(params, defaults.timeouts());
    }

    private @Nullable Section params(Section section, Set<String> meant) {
        Section params = null;
        boolean written = false;
        for (String spelling : KnownKeys.PARAMS_NAMES) {
            Entry entry = section.find(spelling);
            written |= entry != null || meant.contains(spelling);
            Section found = entry == null ? null : values.section(entry.value(), entry.path());
            if (params == null) {
                params = found;
            } else if (found != null) {
                params.add(found);
            }
        }
        if (!written) {
            findings.problem(
                    section.node(),
                    section.path() + " has no litellm_params (or params); add them, with a model in them");
        }
        return params;
    }

    private void readInfo(Section section, DeploymentBuilder deployment) {
        Entry entry = section.find("model_info");
        Section info = entry == null ? null : values.section(entry.value(), entry.path());
        if (info == null) {
            return;
        }
        new KeyCheck(findings, KnownKeys.MODEL_INFO, this::note).check(info);
        new CandidateReader(values, deployment.candidate).info(info);
        deployment.prices = new PricesReader(findings, values).read(info, deployment.prices);
        Entry id = info.find("id");
        String text = id == null ? null : values.text(id);
        if (id != null && text != null) {
            Integer first = ids.putIfAbsent(text, id.line());
            if (first != null) {
                findings.problem(
                        id.value(), id.path() + " is the id of the entry on line " + first + ", too; ids are unique");
            }
            deployment.id = text;
        }
    }

    /** LiteLLM lets users put notes of their own here. */
    private void note(Entry entry) {
        findings.notice(
                Notice.Kind.NOT_IN_EFFECT,
                entry.keyNode(),
                "model_list[].model_info." + KeyText.of(entry.key()) + " is taken as a note and has no effect");
    }
}
