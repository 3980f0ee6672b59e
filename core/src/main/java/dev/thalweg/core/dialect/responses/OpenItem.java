package dev.thalweg.core.dialect.responses;

/** An item of an answer that is being written. */
interface OpenItem {
    /** Its place in the output. */
    int index();

    /** How many bytes of it are kept. */
    int size();

    /** Writes what closes its parts, and gives the whole item; {@code output_item.done} is left to the caller. */
    byte[] close(String status);

    /** The item as far as it has come, without writing anything. */
    byte[] unfinished();
}
