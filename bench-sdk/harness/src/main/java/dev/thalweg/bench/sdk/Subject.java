package dev.thalweg.bench.sdk;

/** A library under measurement, used as its manual shows. Thread-safe: many streams are read at once. */
public interface Subject {
    /** Asks the model for a stream and reads it to its end, telling {@code heard} each text; blocks meanwhile. */
    void read(String model, Heard heard) throws Exception;
}
