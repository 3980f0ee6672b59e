package dev.thalweg.examples.choreoai;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import java.util.Iterator;

/** Shows dots until the first text is there, however long that takes, and not a moment longer. */
public final class StreamingIndicator {
    void main() {
        IO.print("Generating");
        Thread dots = Thread.startVirtualThread(StreamingIndicator::dots);
        try (ChatStream stream = Thalweg.create().stream("gpt-4", "Explain AI")) {
            Iterator<String> pieces = stream.text().iterator();
            if (pieces.hasNext()) {
                dots.interrupt();
                IO.println("\n");
            }
            pieces.forEachRemaining(IO::print);
            IO.println();
        } finally {
            dots.interrupt();
        }
    }

    private static void dots() {
        try {
            while (true) {
                IO.print(".");
                Thread.sleep(300);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
