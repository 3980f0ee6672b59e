package dev.thalweg.config;

import dev.thalweg.core.upstream.Environment;
import dev.thalweg.core.upstream.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a whole file, section by section. */
final class ConfigReader {
    private final Findings findings;
    private final Environment process;
    private final Strictness strictness;

    ConfigReader(Findings findings, Environment process, Strictness strictness) {
        this.findings = findings;
        this.process = process;
        this.strictness = strictness;
    }

    ConfigResult read(Section top) {
        new KeyCheck(findings, KnownKeys.TOP, null).check(top);
        refuseIncludes(top);
        Environment environment = environment(top);
        Values values = Values.strict(findings, environment);
        Section general = section(top, values, List.of("general_settings"));

        SettingsReader settings = new SettingsReader(findings, values);
        settings.read(
                section(top, values, KnownKeys.SETTINGS_NAMES),
                section(top, values, List.of("router_settings")),
                general);
        Secret master = new MasterKey(findings, environment).read(general);
        List<StaticKey> keys = new KeysReader(findings, values, master).read(top);
        Map<String, PriceEntry> prices = new PricesReader(findings, values).read(top);
        ModelListReader models = new ModelListReader(
                findings, environment, strictness, settings.builder().deploymentDefaults(prices));
        List<Deployment> deployments = models.read(top);
        new GroupNameCheck(findings, settings.builder().routing(), models.names()).check();

        List<Problem> problems = findings.problems();
        return problems.isEmpty()
                ? new ConfigResult.Loaded(
                        new GatewayConfig(deployments, settings.builder().build(), master, keys, findings.notices()))
                : new ConfigResult.Refused(problems, models.entries());
    }

    /** All spellings of one section as one. */
    private Section section(Section top, Values values, List<String> names) {
        Section all = null;
        for (String name : names) {
            Entry entry = top.find(name);
            Section section = entry == null ? null : values.section(entry.value(), name);
            if (all == null) {
                all = section;
            } else if (section != null) {
                all.add(section);
            }
        }
        return all == null ? Section.empty(names.get(0), top.node(), findings) : all;
    }

    /** The process's environment and, where it has nothing, the file's {@code environment_variables}. */
    private Environment environment(Section top) {
        @Nullable Entry entry = top.find("environment_variables");
        Values values = Values.strict(findings, process);
        Section section = entry == null ? null : values.section(entry.value(), "environment_variables");
        Map<String, String> variables = new HashMap<>();
        if (section != null) {
            for (Entry variable : section.entries()) {
                String text = section.find(variable.key()) == null ? null : values.text(variable);
                if (text != null) {
                    variables.put(variable.key(), text);
                }
            }
        }
        return process.or(variables);
    }

    /** An included file may hold the master key: going on without it could open a gateway that was closed. */
    private void refuseIncludes(Section top) {
        Entry include = top.find("include");
        if (include != null) {
            findings.problem(
                    include.keyNode(), "include is not read yet; copy what the included files hold into this one");
        }
    }
}
