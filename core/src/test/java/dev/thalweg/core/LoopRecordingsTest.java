package dev.thalweg.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.model.LoopLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What real providers sent is no loop; of other protocols, what they sent as deltas would be none. */
class LoopRecordingsTest {
    private static final Set<String> DELTAS = Set.of(
            "content",
            "text",
            "delta",
            "thinking",
            "reasoning",
            "reasoning_content",
            "arguments",
            "partial_json",
            "response");

    @BeforeEach
    void recordingsAreHere() {
        assumeTrue(
                Recordings.directory() != null,
                "no recordings of providers on this machine: name their directory in THALWEG_RECORDINGS");
    }

    @Test
    void noRecordedStreamIsALoop() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Objects.requireNonNull(Recordings.directory()))) {
            files = all.filter(file -> file.toString().matches(".*(\\.sse|\\.ndjson|\\.chunks\\.txt)"))
                    .sorted()
                    .toList();
        }
        int deltas = 0;
        for (Path file : files) {
            deltas += deltas(file);
        }
        assertThat(files).hasSizeGreaterThan(25);
        assertThat(deltas).isGreaterThan(1_000);
    }

    private static int deltas(Path file) throws IOException {
        StreamObserver whole = new StreamObserver(LoopLimits.defaults());
        Map<String, StreamObserver> byMember = new TreeMap<>();
        int deltas = 0;
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            JsonNode event = event(line);
            if (event == null) {
                continue;
            }
            feed(whole, event.toString());
            assertThat(whole.loop()).as("%s", file).isEmpty();
            for (String name : DELTAS) {
                deltas += feed(file, name, event.findValues(name), byMember);
            }
        }
        return deltas;
    }

    /** Whatever is called so in an event of any protocol, as a stream of its own. */
    private static int feed(Path file, String name, List<JsonNode> values, Map<String, StreamObserver> byMember) {
        StreamObserver observer = byMember.computeIfAbsent(name, key -> new StreamObserver(LoopLimits.defaults()));
        int deltas = 0;
        for (JsonNode delta : values) {
            if (delta.isString() && !delta.asString().isEmpty()) {
                feed(observer, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":" + delta + "}}]}");
                assertThat(observer.loop()).as("%s: %s", file, name).isEmpty();
                deltas++;
            }
        }
        return deltas;
    }

    private static @Nullable JsonNode event(String line) {
        String json = line.startsWith("data:") ? line.substring(5) : line;
        try {
            return json.strip().startsWith("{") ? JsonMapper.shared().readTree(json) : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    private static void feed(StreamObserver observer, String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        new ResponseReader().read(bytes, 0, bytes.length, observer);
    }
}
