package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.Timeouts;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.stream.Clock;
import dev.thalweg.error.ThalwegException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of errors and of clocks say what the engine does. */
class ErrorsPageTest {
    private static final Path PAGES = Path.of("..", "docs", "sdk");
    private static final Pattern ROW =
            Pattern.compile("(?m)^(\\| `\\w+Exception` \\| \\d+ \\| [^|]+ \\| \\w+ \\| [^|]+) \\| [^|]+ \\|$");

    @Test
    void everyKindOfErrorHasItsRow() throws IOException {
        assertThat(ROW.matcher(page("errors.md")).results().map(row -> row.group(1)))
                .containsExactlyElementsOf(Arrays.stream(ErrorKind.values())
                        .map(ErrorsPageTest::row)
                        .toList());
    }

    private static String row(ErrorKind kind) {
        String code = kind.code() == null ? "–" : "`" + kind.code() + "`";
        return "| `" + kind.exceptionClass().getSimpleName() + "` | " + kind.status() + " | " + code + " | "
                + (kind.retryable() ? "yes" : "no") + " | " + inAGroup(FailureClass.of(kind));
    }

    private static String inAGroup(FailureClass failure) {
        return switch (failure.fallback()) {
            case GENERAL -> "another, `fallbacks`";
            case CONTEXT_WINDOW -> "`contextWindowFallbacks`";
            case CONTENT_POLICY -> "`contentPolicyFallbacks`";
            case NONE -> "–";
        };
    }

    @Test
    void anotherDeploymentIsAskedWhereverFallbacksAre() {
        for (FailureClass failure : FailureClass.values()) {
            assertThat(failure.again() == FailureClass.Again.NEVER)
                    .isEqualTo(failure.fallback() != FailureClass.Fallback.GENERAL);
        }
    }

    @Test
    void whatExtendsAnotherClassIsNamed() throws IOException {
        List<String> inner = Arrays.stream(ErrorKind.values())
                .map(ErrorKind::exceptionClass)
                .distinct()
                .filter(type -> type.getSuperclass() != ThalwegException.class)
                .map(Class::getSimpleName)
                .toList();
        String page = page("errors.md");
        int end = page.indexOf(" extend `BadRequestException`");
        String sentence = page.substring(page.lastIndexOf("\n\n", end), end);
        assertThat(Pattern.compile("`(\\w+)`").matcher(sentence).results().map(name -> name.group(1)))
                .containsExactlyInAnyOrderElementsOf(inner);
    }

    @Test
    void everyClockHasItsDefaultAndItsCode() throws IOException {
        Timeouts defaults = Timeouts.defaults();
        Map<String, Duration> clocks = Map.of(
                "connect", defaults.connect(),
                "pool", defaults.pool(),
                "firstByte", defaults.firstByte(),
                "firstToken", defaults.firstToken(),
                "firstTokenFailover", defaults.firstTokenFailover(),
                "idle", defaults.idle(),
                "total", defaults.total(),
                "streamTotal", defaults.streamTotal());
        List<MatchResult> rows = Pattern.compile("(?m)^\\| `(\\w+)` \\| .* \\| ([^|]+) \\| `(\\w+)` \\|$")
                .matcher(page("timeouts.md"))
                .results()
                .toList();
        assertThat(rows).hasSize(clocks.size());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.group(2)).as(row.group(1)).isEqualTo(words(clocks.get(row.group(1))));
            assertThat(Arrays.stream(Clock.values()).map(Clock::code)).contains(row.group(3));
        });
        assertThat(rows.stream().map(row -> row.group(3)).distinct()).hasSize(Clock.values().length);
    }

    private static String words(Duration time) {
        if (time.isZero()) {
            return "none";
        }
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    private static String page(String name) throws IOException {
        return Files.readString(PAGES.resolve(name));
    }
}
