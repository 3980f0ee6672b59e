package dev.thalweg.bench.sdk;

/** Streams of 100 chunks in a JVM that is warm. */
enum StreamRow {
    PACED("one after the other, a chunk every ms", 1, 1, 5),
    EIGHT("eight at a time, a chunk every ms", 1, 8, 40),
    AT_ONCE("one after the other, each in one write", 0, 1, 300);

    /** Whatever is measured later runs some 100,000 times for it. */
    static final String WARM_UP = "streams " + new Script(100, 1, 0).model() + " 1000 64";

    private final String title;
    private final int gap;
    private final int atATime;
    private final int count;

    StreamRow(String title, int gap, int atATime, int count) {
        this.title = title;
        this.gap = gap;
        this.atATime = atATime;
        this.count = count;
    }

    /** The command for so many times the usual number of streams. */
    String command(int times) {
        return "streams " + new Script(100, gap, 0).model() + " " + streams(times) + " " + atATime;
    }

    int streams(int times) {
        return count * times;
    }

    @Override
    public String toString() {
        return title;
    }
}
