package dev.thalweg.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded answers of real providers, where there are any on this machine. */
public final class Recordings {
    private static final List<String> PROVIDERS = List.of(
            "openai-chat",
            "groq",
            "openrouter",
            "deepseek",
            "mistral",
            "perplexity",
            "snowflake",
            "xai",
            "moonshot",
            "zai",
            "huggingface",
            "azure-openai",
            "llamacpp",
            "lmstudio",
            "alibaba",
            "venice",
            "crusoe");

    private Recordings() {}

    /** One recording; its bytes are what the provider sent, for a list of chunks their stream. */
    record Recording(String name, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Where they are; null where there are none. */
    public static @Nullable Path directory() {
        String named = System.getProperty("THALWEG_RECORDINGS", System.getenv("THALWEG_RECORDINGS"));
        Path path = named == null ? Path.of("../../shared/wire") : Path.of(named);
        return Files.isDirectory(path) ? path : null;
    }

    /** The streams of chat chunks; other protocols of the same providers are left out. */
    static List<Recording> streams() {
        return files(name -> name.endsWith(".sse") || name.endsWith(".chunks.txt"))
                .filter(recording -> recording.text().contains("chat.completion.chunk")
                        && !recording.text().contains("\"response.created\""))
                .toList();
    }

    /** The whole answers and errors that are shaped like chat completions. */
    static List<Recording> documents() {
        return files(name -> name.endsWith(".json") && !name.endsWith(".meta.json"))
                .filter(recording -> isAnswer(recording) || isError(recording))
                .toList();
    }

    static boolean isAnswer(Recording recording) {
        return tree(recording).path("choices").isArray();
    }

    static boolean isError(Recording recording) {
        JsonNode tree = tree(recording);
        return !tree.path("error").isMissingNode() && !tree.path("error").isNull()
                || tree.path("object").asString("").equals("error");
    }

    static JsonNode tree(Recording recording) {
        return JsonMapper.shared().readTree(recording.bytes());
    }

    private static Stream<Recording> files(java.util.function.Predicate<String> wanted) {
        Path directory = Objects.requireNonNull(directory());
        return PROVIDERS.stream()
                .map(directory::resolve)
                .filter(Files::isDirectory)
                .flatMap(Recordings::list)
                .filter(file -> wanted.test(file.getFileName().toString()))
                .sorted()
                .map(file -> new Recording(directory.relativize(file).toString(), read(file)));
    }

    private static Stream<Path> list(Path directory) {
        try {
            return Files.list(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (!file.toString().endsWith(".chunks.txt")) {
                return bytes;
            }
            StringBuilder stream = new StringBuilder();
            new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> stream.append("data: ").append(line).append("\n\n"));
            return stream.toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
