package dev.thalweg.config;

import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Text to YAML nodes. YAML 1.1 on purpose: it is what LiteLLM's reader speaks. Nodes keep their lines, and nothing is
 * expanded: an alias is the same node again, so a file of aliases costs nothing until somebody walks it.
 */
final class YamlSource {
    /** The longest file that is read. */
    static final int MAX_BYTES = 4 << 20;

    /** Anchored mappings may be shared by this many places; a file of any real fleet has fewer. */
    private static final int MAX_ALIASES = 2_000;

    private YamlSource() {}

    /** The root, or null where there is none; then the reason is among the findings. */
    static @Nullable Node compose(String text, Findings findings) {
        if (text.length() > MAX_BYTES) {
            findings.problem("the file has more than 4 MiB; split it or remove what is not configuration");
            return null;
        }
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setCodePointLimit(MAX_BYTES);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(plain));
            if (root == null) {
                findings.problem("the file is empty; expected at least a model_list, see docs/configuration.md");
            }
            return root;
        } catch (MarkedYAMLException broken) {
            report(broken, findings);
        } catch (ReaderException broken) {
            int line = 1
                    + (int) plain.substring(0, Math.min(broken.getPosition(), plain.length()))
                            .chars()
                            .filter(letter -> letter == '\n')
                            .count();
            findings.problem(line, 1, "not YAML: a character that YAML does not allow; save the file as plain UTF-8");
        } catch (YAMLException broken) {
            findings.problem("not YAML that can be read: it nests deeper than 50 levels, or has more than "
                    + MAX_ALIASES + " aliases of mappings and lists");
        }
        return null;
    }

    private static void report(MarkedYAMLException broken, Findings findings) {
        Mark mark = broken.getProblemMark() != null ? broken.getProblemMark() : broken.getContextMark();
        String what = "not YAML: " + reason(broken);
        if (mark == null) {
            findings.problem(what);
        } else {
            findings.problem(mark.getLine() + 1, mark.getColumn() + 1, what);
        }
    }

    /** The parser's reason, without what it quotes from the file: that may be a key. */
    private static String reason(MarkedYAMLException broken) {
        String problem = broken.getProblem() == null ? "it cannot be parsed" : broken.getProblem();
        if (problem.contains("alias")) {
            return "an alias (*name) without an anchor (&name) before it; put a value that starts with * in quotes";
        }
        if (problem.contains("tag") || problem.contains("anchor")) {
            return "a tag or anchor that cannot be read; put a value that starts with ! or & in quotes";
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return "a ':' where none can be; check the indentation, or put the value in quotes";
        }
        if (problem.contains("another document")) {
            return "a second document; keep one and remove the '---' between them";
        }
        if (problem.contains("'\\t'") || problem.contains("'\t'") || problem.contains("\\t(TAB)")) {
            return "a tab in the indentation; use spaces";
        }
        String context = broken.getContext() == null ? "" : " (" + broken.getContext() + ")";
        return problem + context;
    }
}
