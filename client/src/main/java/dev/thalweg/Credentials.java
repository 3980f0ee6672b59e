package dev.thalweg;

import java.net.URI;
import java.util.Map;

/** What proves to a provider who asks, where that is more than a header that stays the same. Thread-safe; may block. */
interface Credentials {
    /**
     * The headers that prove it for this request.
     *
     * @throws dev.thalweg.error.ThalwegException when there are none
     * @throws InterruptedException when the thread is interrupted while it waits for them
     */
    Map<String, String> headers(URI uri, byte[] body) throws InterruptedException;
}
