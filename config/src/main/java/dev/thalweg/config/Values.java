package dev.thalweg.config;

import dev.thalweg.core.upstream.Environment;
import dev.thalweg.core.upstream.KeyText;
import dev.thalweg.core.upstream.Secret;
import dev.thalweg.core.upstream.Secrets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Values of the file as types. Each method returns null, or what the caller gave as otherwise, where it found a problem
 * and reported it; reading goes on, so that all problems of a file come out at once.
 */
final class Values {
    /** What becomes of {@code os.environ/NAME} where NAME is not set. */
    interface MissingVariable {
        void missing(Node at, String path, String variable);
    }

    private static final int MOST_IN_SHORT_LIST = 100;
    private static final BigDecimal MOST_A_TOKEN = new BigDecimal(1_000_000);

    private final Findings findings;
    private final Environment environment;
    private final MissingVariable onMissing;

    Values(Findings findings, Environment environment, MissingVariable onMissing) {
        this.findings = findings;
        this.environment = environment;
        this.onMissing = onMissing;
    }

    /** Values of which none may be missing. */
    static Values strict(Findings findings, Environment environment) {
        return new Values(
                findings,
                environment,
                (at, path, variable) -> findings.problem(
                        at,
                        path + " is os.environ/" + KeyText.of(variable)
                                + ", and the environment variable is not set; set it, or " + "write the value here"));
    }

    /** The text as written, whatever YAML takes it for, with {@code os.environ/NAME} replaced. */
    @Nullable
    String text(Entry entry) {
        return text(entry.value(), entry.path());
    }

    @Nullable
    String text(Node node, String path) {
        if (!(node instanceof ScalarNode scalar) || node.getTag().equals(Tag.NULL)) {
            findings.problem(node, path + ": expected a text, found " + NodeText.of(node));
            return null;
        }
        return resolve(scalar.getValue(), node, path);
    }

    /** The text itself, or the variable it names. */
    @Nullable
    String resolve(String text, Node at, String path) {
        if (!text.startsWith(Environment.PREFIX)) {
            return text;
        }
        String name = text.substring(Environment.PREFIX.length());
        String value = environment.find(name);
        if (value == null) {
            onMissing.missing(at, path, name);
        }
        return value;
    }

    /** A key: a text that can stand in a header. */
    @Nullable
    Secret secret(Entry entry) {
        String text = text(entry);
        if (text == null) {
            return null;
        }
        if (!Secrets.isSendable(text)) {
            findings.problem(entry.value(), entry.path() + " " + Secrets.FAULT);
            return null;
        }
        return new Secret(text);
    }

    @Nullable
    Duration duration(Entry entry, Duration shortest) {
        String text = text(entry);
        if (text == null) {
            return null;
        }
        Duration duration = Durations.parse(text);
        if (duration == null || duration.compareTo(shortest) < 0) {
            String bounds = shortest.isZero() ? "" : ", above 0";
            expected(entry, Durations.EXPECTED + bounds + " and up to 7 days");
            return null;
        }
        return duration;
    }

    /** The number, or -1. */
    long bytes(Entry entry, long largest) {
        String text = text(entry);
        long bytes = text == null ? 0 : ByteSizes.parse(text);
        if (text != null && (bytes < 1 || bytes > largest)) {
            expected(entry, ByteSizes.EXPECTED + ", from 1 to " + ByteSizes.text(largest));
            return -1;
        }
        return text == null ? -1 : bytes;
    }

    @Nullable
    Integer integer(Entry entry, int smallest, int largest) {
        Long number = whole(entry, smallest, largest);
        return number == null ? null : Math.toIntExact(number);
    }

    @Nullable
    Long whole(Entry entry, long smallest, long largest) {
        String text = text(entry);
        if (text == null) {
            return null;
        }
        if (text.matches("0|[1-9][0-9]{0,17}")) {
            long number = Long.parseLong(text);
            if (number >= smallest && number <= largest) {
                return number;
            }
        }
        expected(entry, "a whole number from " + smallest + " to " + largest);
        return null;
    }

    /** The price of a token, exactly as written. */
    @Nullable
    BigDecimal price(Entry entry) {
        String text = text(entry);
        if (text == null) {
            return null;
        }
        if (text.matches("([0-9]{1,9}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][-+]?[0-9]{1,2})?")) {
            BigDecimal price = new BigDecimal(text);
            if (price.compareTo(MOST_A_TOKEN) <= 0) {
                return price.signum() == 0 ? BigDecimal.ZERO : price.stripTrailingZeros();
            }
        }
        expected(entry, "the price of a token, such as 0.0000025 or 2.5e-6");
        return null;
    }

    /** YAML 1.1's words for yes and no. */
    boolean flag(Entry entry, boolean otherwise) {
        String text = text(entry);
        if (text == null) {
            return otherwise;
        }
        switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> {
                return true;
            }
            case "false", "no", "off" -> {
                return false;
            }
            default -> {
                expected(entry, "true or false");
                return otherwise;
            }
        }
    }

    /** Each text of a list; a single text counts as a list of one. */
    List<String> texts(Entry entry) {
        return texts(entry, list(entry, "a list of texts"));
    }

    List<String> shortTexts(Entry entry) {
        return texts(entry, shortList(entry, "a list of texts"));
    }

    private List<String> texts(Entry entry, List<Node> list) {
        List<String> texts = new ArrayList<>();
        for (Node each : list) {
            String text = text(each, entry.path());
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** A list of which every entry of the file may have a copy. */
    List<Node> shortList(Entry entry, String expectation) {
        List<Node> list = list(entry, expectation);
        if (list.size() > MOST_IN_SHORT_LIST) {
            expected(entry, expectation + ", at most " + MOST_IN_SHORT_LIST);
            return List.of();
        }
        return list;
    }

    List<Node> list(Entry entry, String expectation) {
        if (entry.value() instanceof SequenceNode list) {
            return list.getValue();
        } else if (entry.value() instanceof ScalarNode scalar
                && !scalar.getTag().equals(Tag.NULL)) {
            return List.of(scalar);
        }
        expected(entry, expectation);
        return List.of();
    }

    /** The section, or null where the value is none. */
    @Nullable
    Section section(Node node, String path) {
        if (node instanceof MappingNode mapping) {
            return Section.of(path, mapping, findings);
        }
        findings.problem(node, path + ": expected a mapping (key: value), found " + NodeText.of(node));
        return null;
    }

    /** Reports something else that is wrong. */
    void problem(Node at, String message) {
        findings.problem(at, message);
    }

    /** Says of a value that nothing is done with it. */
    void notInEffect(Node at, String message) {
        findings.notice(Notice.Kind.NOT_IN_EFFECT, at, message);
    }

    /** Reports a value that is not what its key is for; only for keys whose values are no secrets. */
    void expected(Entry entry, String expectation) {
        boolean literal = !(entry.value() instanceof ScalarNode scalar
                && scalar.getValue().startsWith(Environment.PREFIX));
        String found = literal ? NodeText.shown(entry.value()) : "something else in the environment variable";
        findings.problem(entry.value(), entry.path() + ": expected " + expectation + ", found " + found);
    }
}
