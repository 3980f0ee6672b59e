package dev.thalweg.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded answers of real providers, where there are any on this machine. */
final class Recordings {
    private Recordings() {}

    /** All that are in this protocol. Skips the test, loudly, where there are none at all. */
    static List<Recording> of(Recording.Wire wire) {
        String named = System.getProperty("THALWEG_RECORDINGS", System.getenv("THALWEG_RECORDINGS"));
        Path directory = named == null ? Path.of("../../shared/wire") : Path.of(named);
        if (!Files.isDirectory(directory)) {
            System.err.println("TransparencyTest: NO RECORDINGS on this machine, nothing is compared");
        }
        Assumptions.assumeTrue(Files.isDirectory(directory), "name the recordings' directory in THALWEG_RECORDINGS");
        Map<String, Integer> statuses = statuses(directory.resolve("index.json"));
        List<Recording> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory, 2)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Recording recording = read(directory, file, statuses);
                if (recording != null && recording.wire() == wire) {
                    found.add(recording);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static Map<String, Integer> statuses(Path index) {
        Map<String, Integer> statuses = new HashMap<>();
        if (Files.exists(index)) {
            JsonMapper.shared()
                    .readTree(index.toFile())
                    .forEach(entry -> statuses.put(
                            entry.path("file").asString(), entry.path("status").asInt(200)));
        }
        return statuses;
    }

    /** The recording in a file, or null for one in another protocol, or of something else. */
    private static Recording read(Path directory, Path file, Map<String, Integer> statuses) throws IOException {
        String path = directory.relativize(file).toString();
        if (path.endsWith(".meta.json") || file.getParent().equals(directory)) {
            return null;
        }
        String provider = file.getParent().getFileName().toString();
        String name = file.getFileName().toString();
        byte[] body = Files.readAllBytes(file);
        String text = new String(body, StandardCharsets.UTF_8);
        int status = statuses.getOrDefault(path, 200);
        if (name.endsWith(".json")) {
            return new Recording(document(provider, status, text), provider, name, status, false, body);
        }
        if (name.endsWith(".chunks.txt")) {
            body = framed(text);
        } else if (!name.endsWith(".sse") && !name.endsWith(".ndjson")) {
            return null;
        }
        return new Recording(stream(text), provider, name, status, true, body);
    }

    private static Recording.Wire stream(String text) {
        if (text.contains("\"response.created\"")) {
            return Recording.Wire.RESPONSES;
        }
        if (text.contains("chat.completion.chunk")) {
            return Recording.Wire.CHAT;
        }
        if (text.contains("\"message_start\"")) {
            return Recording.Wire.MESSAGES;
        }
        if (text.contains("\"message-start\"")) {
            return Recording.Wire.COHERE;
        }
        if (text.contains("\"candidates\"")) {
            return Recording.Wire.GEMINI;
        }
        return text.contains("\"done\":") ? Recording.Wire.OLLAMA : null;
    }

    private static Recording.Wire document(String provider, int status, String text) {
        JsonNode tree = JsonMapper.shared().readTree(text);
        if (tree.path("object").asString("").equals("response")) {
            return Recording.Wire.RESPONSES;
        }
        if (tree.path("object").asString("").equals("chat.completion")) {
            return Recording.Wire.CHAT;
        }
        if (tree.has("candidates")) {
            return Recording.Wire.GEMINI;
        }
        if (tree.has("finish_reason") && tree.has("message")) {
            return Recording.Wire.COHERE;
        }
        if (tree.has("done")) {
            return Recording.Wire.OLLAMA;
        }
        return status >= 400 ? errors(provider) : null;
    }

    /** An error does not say which protocol it is in; the provider's directory does. */
    private static Recording.Wire errors(String provider) {
        return switch (provider) {
            case "anthropic" -> Recording.Wire.MESSAGES;
            case "openai-responses", "xai" -> Recording.Wire.RESPONSES;
            case "gemini" -> Recording.Wire.GEMINI;
            case "cohere" -> Recording.Wire.COHERE;
            case "ollama" -> Recording.Wire.OLLAMA;
            case "bedrock", "openai-completions", "openai-embeddings" -> null;
            default -> Recording.Wire.CHAT;
        };
    }

    private static byte[] framed(String lines) {
        StringBuilder stream = new StringBuilder();
        lines.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> stream.append("data: ").append(line).append("\n\n"));
        return stream.toString().getBytes(StandardCharsets.UTF_8);
    }
}
