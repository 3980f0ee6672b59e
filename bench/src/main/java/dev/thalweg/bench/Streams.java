package dev.thalweg.bench;

/** Streams of 100 chunks, each written on its own every 10 ms, 200 at a time. */
record Streams(Bed bed, Subject subject, Tls tls) {
    private static final int AT_A_TIME = 200;
    private static final int CHUNKS = 100;

    /** What one of them costs, when each connection reads so many. */
    Cost run(int each) throws Exception {
        int events = Scene.events(subject, CHUNKS);
        Load load = bed.scene().load(subject, "stream-100-10", tls, AT_A_TIME, each, 1000, events);
        return Cost.of(bed, subject, "streams", load);
    }

    /** What a chunk allocates in the heap of a gateway. */
    double allocatedBytes(int each) throws Exception {
        try (Jvm jvm = Jvm.of(bed.scene().process(subject))) {
            long before = jvm.allocatedBytes();
            int streams = run(each).samples().count();
            return (double) (jvm.allocatedBytes() - before) / streams / CHUNKS;
        }
    }
}
