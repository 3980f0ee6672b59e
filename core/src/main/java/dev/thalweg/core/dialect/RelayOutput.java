package dev.thalweg.core.dialect;

/**
 * Takes what a relay passes on, in order. A driver that is told to pass a whole read on unchanged can forward the
 * buffer it came in.
 */
public interface RelayOutput {
    /** These bytes of the read being fed, as they came. */
    void pass(int offset, int length);

    /** Other bytes: held back from earlier reads, or changed. The array may be reused after the call. */
    void put(byte[] array, int offset, int length);
}
