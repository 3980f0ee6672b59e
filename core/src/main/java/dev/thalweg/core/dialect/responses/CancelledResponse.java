package dev.thalweg.core.dialect.responses;

/**
 * The end of a streamed answer that was cancelled while it was written. The protocol has a status for that and no event of its
 * own; clients know {@code response.incomplete} as an end, so the object with the status comes in one.
 *
 * @param events what ends the stream
 * @param response the response object, with as much of the answer as there is
 */
public record CancelledResponse(byte[] events, byte[] response) {}
