package dev.thalweg.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.stream.StreamEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables in the docs say what the code does. */
class DocumentationTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theTableOfEndsIsTheListOfEnds() throws IOException {
        List<String> rows =
                Stream.of(StreamEnd.values()).map(DocumentationTest::row).toList();
        assertThat(tableAfter("streams.md", "| end |")).isEqualTo(rows);
    }

    private static String row(StreamEnd end) {
        ErrorKind kind = end.kind();
        String error = kind == null
                ? "– | 200 | –"
                : "`%s` | %d | `%s` / `%s`"
                        .formatted(kind.exceptionClass().getSimpleName(), kind.status(), kind.type(), end.code());
        return "| `%s` | %s | %s | %s |"
                .formatted(end.label(), error, yes(end.retryable()), yes(end.countsAgainstUpstream()));
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    private static List<String> tableAfter(String file, String heading) throws IOException {
        List<String> lines = Files.readAllLines(DOCS.resolve(file));
        int start = 0;
        while (!lines.get(start).startsWith(heading)) {
            start++;
        }
        return lines.subList(start + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}
