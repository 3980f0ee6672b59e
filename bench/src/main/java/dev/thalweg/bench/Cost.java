package dev.thalweg.bench;

/**
 * A load in which nothing failed, and what it cost whoever served it.
 *
 * @param cpuMicros CPU per answer; 0 for nobody in between
 */
record Cost(Samples samples, double cpuMicros) {
    /** Runs a load until nothing fails in it, or gives up after a few tries. */
    static Cost of(Bed bed, Subject subject, String what, Load load) throws Exception {
        return FailedWindow.repeat(what + ", " + subject.label(), () -> {
            double before = cpuSeconds(bed, subject);
            Samples seen = FailedWindow.sound(load.run());
            return new Cost(seen, (cpuSeconds(bed, subject) - before) * 1e6 / seen.count());
        });
    }

    private static double cpuSeconds(Bed bed, Subject subject) {
        return subject == Subject.DIRECT ? 0 : Proc.cpuSeconds(bed.scene().process(subject));
    }
}
