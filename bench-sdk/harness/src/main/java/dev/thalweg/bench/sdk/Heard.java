package dev.thalweg.bench.sdk;

/** The text that came of one stream, as a number. Not thread-safe: a library tells one piece after the other. */
public final class Heard {
    private final Runnable first;
    private long checksum;
    private boolean begun;

    /** Nothing heard; {@code first} is run with the first text. */
    public Heard(Runnable first) {
        this.first = first;
    }

    /** The next text; an empty one is none. */
    public void add(String text) {
        if (!begun && !text.isEmpty()) {
            begun = true;
            first.run();
        }
        checksum = checksum(checksum, text);
    }

    /** Stands for all characters heard, in order. */
    public long checksum() {
        return checksum;
    }

    static long checksum(long before, String text) {
        long sum = before;
        for (int i = 0; i < text.length(); i++) {
            sum = sum * 31 + text.charAt(i);
        }
        return sum;
    }
}
