package dev.thalweg.examples.sdk;

import dev.thalweg.ChatStream;
import dev.thalweg.Chunks;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keeps a stream as lines of JSON in the file named first, and plays it again without asking anybody. */
public final class KeepAndReplay {
    void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        List<String> lines = new ArrayList<>();
        try (ChatStream stream = Thalweg.create().stream("openai/gpt-4o-mini", "Tell me a joke")) {
            for (ChatChunk chunk : stream) {
                lines.add(chunk.toJson());
            }
        }
        Files.write(file, lines);

        try (Stream<ChatChunk> kept = Files.lines(file).map(Chunks::parse);
                ChatStream again =
                        ChatStream.replay(kept.iterator()).model("joke").open()) {
            again.text().forEach(IO::print);
            IO.println("\n" + again.finishReasons());
        }
    }
}
