package dev.thalweg.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code extra_headers}: what the operator adds to each request, within what keeps a connection sound. */
final class HeadersReader {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    /** Headers that say how a message or a connection is framed. */
    private static final Set<String> REFUSED = Set.of(
            "connection",
            "content-length",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private HeadersReader() {}

    static void read(Entry entry, Values values, Findings findings, Map<String, String> headers) {
        Section section = values.section(entry.value(), entry.path());
        if (section == null) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (Entry header : section.entries()) {
            String name = header.key().toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()) {
                findings.problem(header.keyNode(), entry.path() + ": a name that no header can have");
            } else if (REFUSED.contains(name)) {
                findings.problem(
                        header.keyNode(),
                        entry.path() + ": '" + name
                                + "' belongs to the connection and is set by the gateway; remove it");
            } else if (!seen.add(name)) {
                findings.problem(
                        header.keyNode(), entry.path() + ": a header that is there already; case does not count");
            } else {
                add(header, values, findings, headers);
            }
        }
    }

    private static void add(Entry header, Values values, Findings findings, Map<String, String> headers) {
        String value = values.text(header.value(), header.section() + " (a header's value)");
        if (value != null && value.chars().anyMatch(letter -> (letter < ' ' && letter != '\t') || letter == 0x7f)) {
            findings.problem(
                    header.value(), header.section() + ": the value has a line break or control character; remove it");
        } else if (value != null) {
            headers.put(header.key(), value);
        }
    }
}
