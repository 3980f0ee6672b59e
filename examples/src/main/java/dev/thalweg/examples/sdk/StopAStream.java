package dev.thalweg.examples.sdk;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.error.CancelledException;
import dev.thalweg.model.ChatChunk;

/** Stops a stream from another thread, as a "Stop" button does, and keeps what came. */
public final class StopAStream {
    void main() throws InterruptedException {
        ChatStream stream = Thalweg.create().stream("openai/gpt-4o-mini", "Count to a million");
        Thread reader = Thread.startVirtualThread(() -> read(stream));
        IO.readln("Enter stops it.\n");
        stream.close();
        reader.join();
    }

    private static void read(ChatStream stream) {
        try (stream) {
            for (ChatChunk chunk : stream) {
                IO.print(chunk.content());
            }
        } catch (CancelledException e) {
            IO.println("\nStopped after: " + stream.snapshot().content());
        }
    }
}
