package dev.thalweg.examples.choreoai;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;

/** Streams on a virtual thread: the caller's thread is free, and the code is the same. */
public final class AsyncClient {
    void main() throws InterruptedException {
        Thread chat = Thread.startVirtualThread(AsyncClient::streamChat);
        IO.println("Meanwhile …");
        chat.join();
    }

    private static void streamChat() {
        try (ChatStream stream = Thalweg.create().stream("gpt-4", "Count to 10")) {
            for (ChatChunk chunk : stream) {
                IO.print(chunk.content());
            }
        }
        IO.println();
    }
}
