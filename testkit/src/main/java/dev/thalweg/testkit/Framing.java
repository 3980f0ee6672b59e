package dev.thalweg.testkit;

/** How a scripted response says where its body ends. */
public enum Framing {
    /** {@code Transfer-Encoding: chunked}: each piece of body is a chunk, and the script's end sends the last chunk. */
    CHUNKED,

    /**
     * {@code Content-Length}, counted over every body step of the script, those after a {@code fin} or {@code rst}
     * included: so a script that breaks off declares the full length. A {@code Content-Length} header given by hand
     * replaces the counted one, and may lie.
     */
    LENGTH,

    /** No length and {@code Connection: close}: the body ends where the connection is closed after the last step. */
    CLOSE,

    /** No head and no framing: the script writes every byte of the response itself. */
    RAW
}
