/**
 * Framing over bytes: server-sent events, JSON peeking and splicing. Bytes are always {@code (byte[], offset, length)},
 * so that neither driver's buffers leak into the engine. Nothing here is thread-safe unless it says so.
 */
@NullMarked
package dev.thalweg.core.wire;

import org.jspecify.annotations.NullMarked;
