package dev.thalweg.bench;

/** A group of measures that are taken together. */
interface Row {
    void measure(Bed bed, Measures out) throws Exception;
}
