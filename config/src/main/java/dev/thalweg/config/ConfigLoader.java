package dev.thalweg.config;

import dev.thalweg.core.upstream.Environment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a configuration file. Every problem of a file is found in one reading, and nothing is opened or connected to,
 * the file itself aside.
 */
public final class ConfigLoader {
    private ConfigLoader() {}

    /** Reads the file to serve it: deployments that lack something from outside are disabled. */
    public static ConfigResult load(Path file, Map<String, String> environment) {
        return load(file, environment, Strictness.SERVE);
    }

    /** Reads the file. Problems name it as it is given here. */
    public static ConfigResult load(Path file, Map<String, String> environment, Strictness strictness) {
        return parse(ConfigFile.read(file), environment, strictness);
    }

    /** Reads what stood in a file. */
    public static ConfigResult parse(ConfigFile file, Map<String, String> environment, Strictness strictness) {
        Findings findings = new Findings(file.name());
        String text = text(file, findings);
        return text == null
                ? new ConfigResult.Refused(findings.problems(), 0)
                : parse(file.name(), text, environment, strictness);
    }

    /** Reads a text to serve it: deployments that lack something from outside are disabled. */
    public static ConfigResult parse(String fileName, String yaml, Map<String, String> environment) {
        return parse(fileName, yaml, environment, Strictness.SERVE);
    }

    /** Reads a text. */
    public static ConfigResult parse(
            String fileName, String yaml, Map<String, String> environment, Strictness strictness) {
        Findings findings = new Findings(fileName);
        Node root = YamlSource.compose(yaml, findings);
        if (root instanceof MappingNode mapping) {
            Section top = Section.of("", mapping, findings);
            return new ConfigReader(findings, new Environment(environment), strictness).read(top);
        } else if (root != null) {
            findings.problem(
                    root, "expected sections like model_list: at the top of the file, found " + NodeText.of(root));
        }
        return new ConfigResult.Refused(findings.problems(), 0);
    }

    private static @Nullable String text(ConfigFile file, Findings findings) {
        byte[] bytes = file.bytes();
        if (bytes == null) {
            findings.problem(file.fault());
            return null;
        }
        if (bytes.length > YamlSource.MAX_BYTES) {
            findings.problem("the file has more than 4 MiB; split it or remove what is not configuration");
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException invalid) {
            findings.problem("the file is not UTF-8; save it as UTF-8");
            return null;
        }
    }
}
