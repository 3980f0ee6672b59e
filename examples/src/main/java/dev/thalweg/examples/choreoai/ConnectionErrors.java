package dev.thalweg.examples.choreoai;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.RateLimitException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;

/** Handles a stream that does not open, and one that breaks: one try for both, the special cases first. */
public final class ConnectionErrors {
    void main() {
        try (ChatStream stream = Thalweg.create().stream("gpt-4", "Hello")) {
            for (ChatChunk chunk : stream) {
                IO.print(chunk.content());
            }
        } catch (RateLimitException e) {
            IO.println("\nToo many requests"
                    + e.retryAfter().map(wait -> ", wait " + wait).orElse(""));
        } catch (ApiConnectionException e) {
            IO.println("\nConnection error: " + e.getMessage());
        } catch (ThalwegException e) {
            IO.println("\nStreaming error: " + e.getMessage());
        }
    }
}
