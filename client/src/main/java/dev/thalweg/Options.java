package dev.thalweg;

import dev.thalweg.core.wire.HeldBytes;

/**
 * What is the same for all calls of one {@link Thalweg}.
 *
 * @param retries how many tries after the first one
 * @param repeatedChunkLimit how many equal deltas in a row end a stream; 0 or less never
 * @param maxEventBytes how large one event of a stream may be
 * @param heldBytes what all streams together may hold back
 */
record Options(Timeouts timeouts, int retries, int repeatedChunkLimit, int maxEventBytes, HeldBytes heldBytes) {}
