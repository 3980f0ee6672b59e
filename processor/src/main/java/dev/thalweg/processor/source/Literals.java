package dev.thalweg.processor.source;

import java.util.List;
import java.util.Locale;

/** Text as Java spells it. */
public final class Literals {
    private Literals() {}

    /** A string literal. */
    public static String string(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        return '"' + escaped + '"';
    }

    /** A text block of these lines, joined without line breaks. */
    public static String block(List<String> lines, String indent) {
        String joined = String.join("\n", lines).replace("\\", "\\\\").replace("\"\"\"", "\"\"\\\"");
        return "\"\"\"\n" + indent + joined.replace("\n", "\\\n" + indent) + "\"\"\"";
    }

    /** {@code FORMAT_BOOK} for {@code formatBook}. */
    public static String constant(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
