package dev.thalweg.core.sign;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one spelling of a request that both sides make, to sign it. The path is encoded once more than it is on the wire, as
 * all services but S3 want it.
 */
final class CanonicalRequest {
    private static final String UNRESERVED = "-._~";
    private static final String HEX = "0123456789ABCDEF";

    private CanonicalRequest() {}

    /**
     * The request.
     *
     * @param target path and query as they go on the wire
     * @param headers those that are signed, with names in lower case
     * @param normalize whether {@code .}, {@code ..} and empty segments are taken out of the path, as AWS does
     */
    static String of(
            String method, String target, SortedMap<String, String> headers, String bodyHash, boolean normalize) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        StringBuilder text = new StringBuilder(method)
                .append('\n')
                .append(path(path, normalize))
                .append('\n')
                .append(query(mark < 0 ? "" : target.substring(mark + 1)))
                .append('\n');
        headers.forEach((name, value) ->
                text.append(name).append(':').append(folded(value)).append('\n'));
        return text.append('\n')
                .append(String.join(";", headers.keySet()))
                .append('\n')
                .append(bodyHash)
                .toString();
    }

    private static String path(String path, boolean normalize) {
        String[] segments = path.split("/", -1);
        if (!normalize) {
            return Arrays.stream(segments).map(CanonicalRequest::encoded).collect(Collectors.joining("/"));
        }
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : segments) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.add(encoded(segment));
            }
        }
        String last = segments[segments.length - 1];
        boolean directory = last.isEmpty() || last.equals(".") || last.equals("..");
        return "/" + String.join("/", kept) + (directory && !kept.isEmpty() ? "/" : "");
    }

    private static String query(String query) {
        return Stream.of(query.split("&", -1))
                .filter(parameter -> !parameter.isEmpty())
                .map(CanonicalRequest::parameter)
                .sorted(Comparator.<String[], String>comparing(parameter -> parameter[0])
                        .thenComparing(parameter -> parameter[1]))
                .map(parameter -> parameter[0] + "=" + parameter[1])
                .collect(Collectors.joining("&"));
    }

    /** Name and value, encoded once however they came. */
    private static String[] parameter(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        String value = equals < 0 ? "" : text.substring(equals + 1);
        return new String[] {encoded(decoded(name)), encoded(decoded(value))};
    }

    /** Without the blanks around it, and with one for many inside. */
    private static String folded(String value) {
        return value.strip().replaceAll("\\s+", " ");
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            char c = (char) (b & 0xFF);
            boolean plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (plain || UNRESERVED.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return text.toString();
    }

    private static byte[] decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] plain = new byte[bytes.length];
        int count = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                plain[count++] = bytes[i];
            } else {
                plain[count++] = (byte) (high << 4 | low);
                i += 2;
            }
        }
        return Arrays.copyOf(plain, count);
    }
}
