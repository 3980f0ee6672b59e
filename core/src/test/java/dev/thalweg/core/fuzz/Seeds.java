package dev.thalweg.core.fuzz;

import dev.thalweg.core.Recordings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What mutations start from: a few files of our own, and recorded answers where there are any on this machine. */
final class Seeds {
    /** Larger recordings say little more, slowly. */
    private static final int LARGEST = 16 * 1024;

    private static final int MOST_RECORDINGS = 12;

    private Seeds() {}

    /** The files of this directory whose name begins so. */
    static List<byte[]> own(String directory, String begin) {
        URL url = Objects.requireNonNull(Seeds.class.getResource("/fuzz/" + directory), "no seeds: fuzz/" + directory);
        try {
            List<byte[]> seeds = files(Path.of(url.toURI()), begin, "");
            if (seeds.isEmpty()) {
                throw new IllegalStateException("no seeds: fuzz/" + directory + "/" + begin + "*");
            }
            return seeds;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** These, and on long runs the small ones of the recordings: short runs are the same everywhere. */
    static List<byte[]> with(List<byte[]> seeds, List<String> providers, String end) {
        List<byte[]> all = new ArrayList<>(seeds);
        Path recordings = Recordings.directory();
        if (recordings != null && ReadersFuzzTest.MINUTES > 0) {
            for (String provider : providers) {
                Path directory = recordings.resolve(provider);
                if (Files.isDirectory(directory)) {
                    all.addAll(files(directory, "", end));
                }
            }
        }
        return all;
    }

    private static List<byte[]> files(Path directory, String begin, String end) {
        try (Stream<Path> list = Files.list(directory)) {
            List<Path> files = list.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(begin) && name.endsWith(end) && !name.endsWith(".meta.json");
                    })
                    .filter(file -> file.toFile().length() <= LARGEST)
                    .sorted()
                    .limit(MOST_RECORDINGS)
                    .toList();
            List<byte[]> seeds = new ArrayList<>();
            for (Path file : files) {
                seeds.add(Files.readAllBytes(file));
            }
            return seeds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
