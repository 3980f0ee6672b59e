package dev.thalweg.types;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What providers send: written for these tests, and recorded where there are recordings on this machine. */
final class Frames {
    private Frames() {}

    /** One of each kind. */
    static List<String> written(Provider provider) {
        String file = "/frames/" + provider.name().toLowerCase(Locale.ROOT) + ".jsonl";
        try (InputStream in = Frames.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the recordings are; null where there are none. */
    static @Nullable Path recordings() {
        String named = System.getenv("THALWEG_RECORDINGS");
        Path path = named == null ? Path.of("../../shared/wire") : Path.of(named);
        return Files.isDirectory(path) ? path : null;
    }

    /** The data of every event and every body that was recorded, but for embeddings. */
    static List<String> recorded(Provider provider) {
        List<String> frames = new ArrayList<>();
        try (Stream<Path> files = Files.list(recordings().resolve(provider.recordings()))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".sse")) {
                    addData(Files.readString(file), frames);
                } else if (name.endsWith(".json") && !name.endsWith(".meta.json") && !name.contains("embed")) {
                    frames.add(Files.readString(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames;
    }

    /** None of these recordings has an event of several data lines. */
    private static void addData(String stream, List<String> frames) {
        stream.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()).strip())
                .filter(data -> !data.equals("[DONE]"))
                .forEach(frames::add);
    }
}
