package dev.thalweg.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Waits for a port to be listened on. */
final class Ready {
    private static final int TRIES = 10_000;

    private Ready() {}

    static void await(Process process, int port, String name) throws InterruptedException {
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(2);
            }
        }
        throw new IllegalStateException(name + " did not start; run again with --keep and see its log");
    }
}
