package dev.thalweg.bench;

/**
 * Small requests, sent by wrk.
 *
 * @param connections how many at a time
 * @param kept whether a connection is used again; else every request has a new one
 */
record Requests(Scene scene, Subject subject, Tls tls, int connections, boolean kept) {
    private static final int MANY = 32;

    /** What CPU is measured with: many connections that are kept. */
    static Requests kept(Scene scene, Subject subject, Tls tls) {
        return new Requests(scene, subject, tls, MANY, true);
    }

    /** As many at a time, each on a connection of its own. */
    static Requests onNewConnections(Scene scene, Subject subject, Tls tls) {
        return new Requests(scene, subject, tls, MANY, false);
    }

    String server() {
        return tls.scheme() + "://127.0.0.1:" + scene.port(subject, "json", tls);
    }

    String body() {
        return Scene.body(subject, "json", tls, null);
    }

    /** What wrk sees of so many seconds in which nothing fails. */
    Wrk run(int seconds) throws Exception {
        return FailedWindow.repeat(name(), () -> Wrk.run(this, seconds));
    }

    /** What one of them costs whoever serves it. */
    double cpuMicros(int seconds) throws Exception {
        ProcessHandle process = scene.process(subject);
        return FailedWindow.repeat(name(), () -> {
            double before = Proc.cpuSeconds(process);
            Wrk seen = Wrk.run(this, seconds);
            return (Proc.cpuSeconds(process) - before) * 1e6 / seen.requests();
        });
    }

    /** What one of them allocates in the heap of a gateway. */
    double allocatedBytes(int seconds) throws Exception {
        try (Jvm jvm = Jvm.of(scene.process(subject))) {
            long before = jvm.allocatedBytes();
            long requests = run(seconds).requests();
            return (double) (jvm.allocatedBytes() - before) / requests;
        }
    }

    private String name() {
        return "JSON, " + subject.label();
    }
}
