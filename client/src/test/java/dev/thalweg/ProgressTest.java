package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the line says, on a terminal and a clock of the test's own. */
class ProgressTest extends SdkTest {
    private static final ChatRequest REQUEST = ChatRequest.of(MODEL, "Hello");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong(7_000_000_000L);
    private Runnable tick = () -> {};
    private int stops;

    private Progress.Builder progress(ChatRequest request) {
        return Progress.builder(request)
                .terminal(new PrintStream(written, false, StandardCharsets.UTF_8))
                .shared(false)
                .clock(clock::get)
                .ticks(begun -> {
                    tick = begun;
                    return () -> stops++;
                });
    }

    /** Lets so much time pass and gives what is drawn then. */
    private String drawnAfter(long millis) {
        clock.addAndGet(millis * 1_000_000);
        written.reset();
        tick.run();
        return screen();
    }

    private String screen() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static Iterator<ChatChunk> firstTokenOf(Progress progress, ChatStream stream) {
        Iterator<ChatChunk> chunks = progress.over(stream).iterator();
        while (chunks.next().content().isEmpty()) {
            // The chunk of the role.
        }
        return chunks;
    }

    @Test
    void aSpinnerUntilTheFirstTokenThenTokensAndAtTheEndALine() {
        upstream.enqueue(OpenAiScripts.stream("one two", " three four"));
        try (Progress progress = progress(REQUEST).start();
                ChatStream stream = thalweg.stream(REQUEST)) {
            assertThat(drawnAfter(100)).isEqualTo("\r| openai/gpt-4o-mini  0.1 s");
            assertThat(drawnAfter(1000)).isEqualTo("\r/ openai/gpt-4o-mini  1.1 s");
            Iterator<ChatChunk> chunks = firstTokenOf(progress, stream);
            assertThat(drawnAfter(500)).matches("\r- 2 tokens  1\\.6 s  ~0\\.0+\\d+ USD *");
            chunks.next();
            assertThat(drawnAfter(500)).matches("\r\\\\ 4 tokens  2\\.0 tokens/s  2\\.1 s  ~0\\.0+\\d+ USD *");
            while (chunks.hasNext()) {
                chunks.next();
            }
            written.reset();
        }
        assertThat(screen())
                .matches("\r +\r\\d+ tokens  \\d+\\.\\d tokens/s  first after 1\\.1 s  2\\.1 s  ~?0\\.0+\\d+ USD\n");
    }

    @Test
    void aBarOnlyAgainstALimit() {
        ChatRequest limited = REQUEST.toBuilder().maxOutputTokens(8).build();
        upstream.enqueue(OpenAiScripts.stream("one two"));
        try (Progress progress = progress(limited).start();
                ChatStream stream = thalweg.stream(limited)) {
            Iterator<ChatChunk> unused = firstTokenOf(progress, stream);
            assertThat(drawnAfter(1000)).startsWith("\r[#####---------------] 2/8 tokens  1.0 s");
        }
    }

    @Test
    void aShorterLineCoversALongerOne() {
        String longName = "openai/" + "x".repeat(200);
        ChatRequest request = ChatRequest.of(longName, "Hello");
        try (Progress unused = progress(request).start()) {
            assertThat(drawnAfter(99_950)).hasSizeLessThanOrEqualTo(80).endsWith("  100.0 s");
            String next = drawnAfter(0);
            assertThat(next).startsWith("\r").doesNotContain("\n", "\u001b");
        }
    }

    @Test
    void besideTextOnTheSameScreenTheLineGoesBeforeTheFirstToken() {
        upstream.enqueue(OpenAiScripts.stream("one", " two"));
        try (Progress progress = progress(REQUEST).shared(true).start();
                ChatStream stream = thalweg.stream(REQUEST)) {
            assertThat(drawnAfter(100)).contains("gpt-4o-mini");
            written.reset();
            Iterator<ChatChunk> chunks = firstTokenOf(progress, stream);
            assertThat(screen()).matches("\r +\r");
            assertThat(drawnAfter(100)).isEmpty();
            while (chunks.hasNext()) {
                chunks.next();
            }
            assertThat(screen()).isEmpty();
        }
        assertThat(screen()).matches("\n\\d+ tokens .*\n");
    }

    @Test
    void unlessTheProgramPrintsNothing() {
        upstream.enqueue(OpenAiScripts.stream("one"));
        try (Progress progress = progress(REQUEST).shared(true).alone(true).start();
                ChatStream stream = thalweg.stream(REQUEST)) {
            Iterator<ChatChunk> unused = firstTokenOf(progress, stream);
            assertThat(drawnAfter(100)).contains(" tokens  ");
        }
    }

    @Test
    void anErrorIsThrownOnAndTheLineSaysThatItStopped() {
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("one")).fin().build());
        Throwable failure = catchThrowable(() -> {
            try (Progress progress = progress(REQUEST).start();
                    ChatStream stream = thalweg.stream(REQUEST)) {
                for (ChatChunk chunk : progress.over(stream)) {
                    assertThat(chunk.content()).isEqualTo("one");
                }
            }
        });
        assertThat(failure).isInstanceOf(ApiConnectionException.class);
        assertThat(screen()).startsWith("stopped: ").endsWith("\n");
        assertThat(stops).isEqualTo(1);
    }

    @Test
    void anOpeningThatFailsLeavesAnEmptyLine() {
        upstream.enqueue(OpenAiScripts.error(401, "x", null, "No"));
        Throwable failure = catchThrowable(() -> {
            try (Progress unused = progress(REQUEST).start()) {
                drawnAfter(100);
                written.reset();
                thalweg.stream(REQUEST);
            }
        });
        assertThat(failure).isNotNull();
        assertThat(screen()).matches("\r +\r");
    }

    @Test
    void afterTheCloseNothingIsDrawn() {
        Progress progress = progress(REQUEST).start();
        progress.close();
        progress.close();
        assertThat(drawnAfter(100)).isEmpty();
    }

    @Test
    void whereNobodyLooksNothingIsWritten() {
        upstream.enqueue(OpenAiScripts.stream("one"));
        PrintStream error = System.err;
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try (Progress progress = Progress.start(REQUEST);
                ChatStream stream = thalweg.stream(REQUEST)) {
            assertThat(progress.over(stream)).isNotEmpty();
        } finally {
            System.setErr(error);
        }
        assertThat(screen()).isEmpty();
    }

    @Test
    void aTerminalIsOneThatIsWatched() {
        assertThat(Terminal.mayRedraw(Map.of("TERM", "xterm-256color", "NO_COLOR", "1")))
                .isTrue();
        assertThat(Terminal.mayRedraw(Map.of())).isTrue();
        assertThat(Terminal.mayRedraw(Map.of("CI", "false"))).isTrue();
        assertThat(Terminal.mayRedraw(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminal.mayRedraw(Map.of("CI", "true"))).isFalse();
        assertThat(Terminal.isDevice("/dev/pts/3")).isTrue();
        assertThat(Terminal.isDevice("/dev/tty1")).isTrue();
        assertThat(Terminal.isDevice("pipe:[8371]")).isFalse();
        assertThat(Terminal.isDevice("/dev/null")).isFalse();
        assertThat(Terminal.is(Terminal.STDOUT)).as("surefire reads it").isFalse();
    }
}
