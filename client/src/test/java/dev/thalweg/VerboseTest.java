package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log says of calls, and what it never says. */
class VerboseTest extends SdkTest {
    private static final String KEY = "sk-test-1234567890";
    private static final String QUESTION = "Tell me of my hidden garden";
    private static final String ANSWER = "Roses are everywhere";

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("dev.thalweg");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getLevel() + " " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
    }

    private static ChatRequest request() {
        return ChatRequest.builder(MODEL)
                .system("Be kind")
                .user(QUESTION)
                .temperature(0.5)
                .maxOutputTokens(50)
                .build();
    }

    private void streamAfterAFailure(Thalweg.Builder client) {
        thalweg = client.retries(1).build();
        upstream.enqueue(OpenAiScripts.error(503, "x", "overloaded", "No, not " + QUESTION))
                .enqueue(OpenAiScripts.stream(ANSWER, "."));
        assertThat(read(thalweg.stream(request()))).isEqualTo(ANSWER + ".");
    }

    private void failForGood(Thalweg.Builder client) {
        thalweg = client.build();
        upstream.enqueue(OpenAiScripts.error(
                401, "x", "invalid_api_key", "Incorrect API key provided: " + KEY + " for " + QUESTION));
        assertThat(catchThrowable(() -> thalweg.complete(request()))).isInstanceOf(ThalwegException.class);
    }

    @Test
    void nothingIsSaidByDefault() {
        streamAfterAFailure(client());
        assertThat(logged).isEmpty();
    }

    @Test
    void aLineForTheStartEachAttemptTheFirstTokenAndTheEnd() {
        streamAfterAFailure(client().verbose(Verbosity.CALLS));

        String where = "openai/gpt-4o-mini at 127.0.0.1:" + upstream.port();
        assertThat(logged).allSatisfy(line -> assertThat(line).matches("INFO call [0-9a-f]{8} .*"));
        assertThat(logged.stream().map(line -> line.substring(19)))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "asks openai/gpt-4o-mini as a stream, 2 messages with 34 characters, temperature 0.5,"
                                                + " at most 50 tokens"),
                        line -> assertThat(line).isEqualTo("attempt 1: " + where),
                        line -> assertThat(line)
                                .matches(
                                        "attempt failed: openai/gpt-4o-mini, ServiceUnavailableException overloaded after \\d+ ms"),
                        line -> assertThat(line).isEqualTo("attempt 2: " + where),
                        line -> assertThat(line).matches("first token after \\d+ ms"),
                        line -> assertThat(line)
                                .matches("complete after \\d+ ms, finish stop, Usage\\[.*], [0-9.]+ USD, 2 attempts"));
    }

    @Test
    void neitherKeyNorQuestionNorAnswerIsInAnyLine() {
        streamAfterAFailure(client().verbose(Verbosity.CALLS));
        failForGood(client().verbose(Verbosity.CALLS));
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk(ANSWER)).fin().build());
        assertThat(catchThrowable(() -> read(thalweg.stream(request())))).isInstanceOf(ThalwegException.class);

        assertThat(logged)
                .hasSizeGreaterThan(10)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain(KEY, KEY.substring(8), QUESTION, "garden", "Be kind", ANSWER, "Roses"));
        assertThat(logged)
                .anySatisfy(line ->
                        assertThat(line).contains("failed after ", "AuthenticationException invalid_api_key (401)"));
    }

    @Test
    void withContentTheyAreAndTheKeyIsStillNot() {
        streamAfterAFailure(client().verbose(Verbosity.CONTENT));
        failForGood(client().verbose(Verbosity.CONTENT));

        assertThat(logged)
                .anySatisfy(line -> assertThat(line).endsWith(" user: " + QUESTION))
                .anySatisfy(line -> assertThat(line).endsWith(" assistant: " + ANSWER + "."))
                .anySatisfy(line -> assertThat(line).contains("Incorrect API key provided: ***"))
                .allSatisfy(line -> assertThat(line).doesNotContain(KEY, KEY.substring(8)));
    }

    @Test
    void theLevelOfTheLoggerSwitchesItOnToo() {
        logger.setLevel(Level.FINE);
        streamAfterAFailure(client());

        assertThat(logged).hasSize(6).allSatisfy(line -> assertThat(line).startsWith("FINE call "));
    }

    @Test
    void aLineIsOneLineWhateverANameIs() {
        thalweg = client().verbose(Verbosity.CONTENT).build();
        Throwable unused =
                catchThrowable(() -> thalweg.complete(ChatRequest.of("openai/a\nINFO forged", "one\r\ntwo\u001b[2J")));

        assertThat(logged)
                .allSatisfy(line -> assertThat(line).doesNotContain("\n", "\r", "\u001b"))
                .anySatisfy(line -> assertThat(line).contains("asks openai/a⏎INFO forged "))
                .anySatisfy(line -> assertThat(line).endsWith("user: one⏎two [2J"));
    }
}
