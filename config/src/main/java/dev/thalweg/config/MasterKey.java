package dev.thalweg.config;

import dev.thalweg.core.upstream.Environment;
import dev.thalweg.core.upstream.Secret;
import dev.thalweg.core.upstream.Secrets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the master key. One that is meant and missing is a problem: a gateway never opens because of a slip. */
final class MasterKey {
    /** Where it is taken from where no file names it; the second is LiteLLM's. */
    private static final List<String> VARIABLES = List.of("THALWEG_MASTER_KEY", "LITELLM_MASTER_KEY");

    private final Findings findings;
    private final Environment environment;

    MasterKey(Findings findings, Environment environment) {
        this.findings = findings;
        this.environment = environment;
    }

    @Nullable
    Secret read(Section general) {
        Entry entry = general.written("master_key");
        if (entry == null) {
            return fromEnvironment();
        } else if (general.find("master_key") == null) {
            findings.problem(entry.keyNode(), "general_settings.master_key has no value; write one, or remove the key");
            return null;
        }
        return Values.strict(findings, environment).secret(entry);
    }

    @Nullable
    Secret fromEnvironment() {
        for (String name : VARIABLES) {
            String value = environment.variables().get(name);
            if (value != null) {
                if (Secrets.isSendable(value)) {
                    return new Secret(value);
                }
                findings.problem("the environment variable " + name + " " + Secrets.FAULT);
            }
        }
        return null;
    }
}
