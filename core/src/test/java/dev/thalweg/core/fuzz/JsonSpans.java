package dev.thalweg.core.fuzz;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Where values and members stand in a text that has JSON in it, as far as it can be told: it may be damaged already. */
final class JsonSpans {
    /** From the first byte to behind the last. */
    record Span(int start, int end) {
        int length() {
            return end - start;
        }
    }

    final List<Span> values = new ArrayList<>();
    final List<Span> members = new ArrayList<>();
    final List<Span> strings = new ArrayList<>();

    private final byte[] text;
    private final Deque<Integer> open = new ArrayDeque<>();
    private int key = -1;

    JsonSpans(byte[] text) {
        this.text = text;
        int i = 0;
        while (i < text.length) {
            i = step(i);
        }
    }

    private int step(int i) {
        switch (text[i]) {
            case '{', '[' -> {
                open.push(key);
                open.push(i);
                key = -1;
                return i + 1;
            }
            case '}', ']' -> {
                if (!open.isEmpty()) {
                    int start = open.pop();
                    key = open.pop();
                    value(start, i + 1);
                }
                return i + 1;
            }
            case '"' -> {
                int end = string(i);
                if (end < text.length && text[end] == ':') {
                    key = i;
                } else {
                    strings.add(new Span(i, end));
                    value(i, end);
                }
                return end;
            }
            default -> {
                return plain(i);
            }
        }
    }

    private int plain(int start) {
        int i = start;
        while (i < text.length && (Character.isLetterOrDigit(text[i]) || "+-.".indexOf(text[i]) >= 0)) {
            i++;
        }
        if (i > start && !open.isEmpty()) {
            value(start, i);
        }
        return Math.max(i, start + 1);
    }

    private int string(int start) {
        int i = start + 1;
        while (i < text.length && text[i] != '"' && text[i] != '\n') {
            i += text[i] == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, text.length);
    }

    private void value(int start, int end) {
        values.add(new Span(start, end));
        if (key >= 0) {
            members.add(new Span(key, end));
            key = -1;
        }
    }
}
