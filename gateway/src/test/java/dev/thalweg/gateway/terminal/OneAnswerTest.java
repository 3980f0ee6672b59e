package dev.thalweg.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.thalweg.gateway.Signals;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code thalweg chat} in scripts: pipes, exit codes, nothing but the answer on standard output. */
@Timeout(90)
class OneAnswerTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String KEY = "sk-canary-chat";

    private ScriptedUpstream upstream;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start();
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private ChatProcess chat(String... arguments) throws IOException {
        return ChatProcess.piped(Map.of("THALWEG_BASE_URL", upstream.url(), "THALWEG_API_KEY", KEY), arguments);
    }

    @Test
    void aPipedQuestionIsAnsweredOnStandardOutputAndNothingElseIs() throws Exception {
        upstream.enqueue(OpenAiScripts.streaming()
                .text("Grüß ", "dich\nund alle")
                .usage(3, 4)
                .build());
        try (ChatProcess chat = chat("--model", "m")) {
            chat.type("hi\n");
            chat.endInput();
            assertThat(chat.out()).isEqualTo("Grüß dich\nund alle\n");
            assertThat(chat.err()).isEmpty();
            assertThat(chat.exitCode()).isZero();
        }
        RecordedRequest request = upstream.takeRequest(SOON);
        assertThat(request.header("authorization")).hasValue("Bearer " + KEY);
        assertThat(request.bodyText()).contains("\"m\"", "{\"role\":\"user\",\"content\":\"hi\"}");
    }

    @Test
    void whatIsPipedFollowsThePromptAndTheOptionsAreSent() throws Exception {
        upstream.enqueue(OpenAiScripts.stream("ok"));
        try (ChatProcess chat = chat("-m", "m", "-s", "be short", "-t", "0.5", "--max-tokens", "9", "Sum up:")) {
            chat.type("a text\n");
            chat.endInput();
            assertThat(chat.exitCode()).isZero();
        }
        assertThat(upstream.takeRequest(SOON).bodyText())
                .contains("{\"role\":\"system\",\"content\":\"be short\"}", "Sum up:\\n\\na text")
                .contains("\"temperature\":0.5", ":9");
    }

    @Test
    void withoutAModelTheFirstOfTheServersListIsAsked() throws Exception {
        upstream.enqueue(Script.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"first\"},{\"id\":\"second\"}]}"));
        upstream.enqueue(OpenAiScripts.stream("ok"));
        try (ChatProcess chat = chat("hi")) {
            chat.endInput();
            assertThat(chat.out()).isEqualTo("ok\n");
        }
        assertThat(upstream.takeRequest(SOON).target()).isEqualTo("/v1/models");
        assertThat(upstream.takeRequest(SOON).bodyText()).contains("\"model\":\"first\"");
    }

    @Test
    void aFailedAnswerIsToldOnStandardErrorWithExitCode1() throws Exception {
        upstream.always(OpenAiScripts.error(401, "invalid_request_error", "invalid_api_key", "Wrong key " + KEY + "."));
        try (ChatProcess chat = chat("--model", "m", "hi")) {
            chat.endInput();
            assertThat(chat.out()).isEmpty();
            assertThat(chat.err())
                    .contains("401", "THALWEG_API_KEY", "--api-key-env")
                    .doesNotContain("canary", "\tat ");
            assertThat(chat.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsPrintedAsFarAsItCameWithExitCode1() throws Exception {
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("one two"))
                .flush()
                .fin()
                .build());
        try (ChatProcess chat = chat("--model", "m", "hi")) {
            chat.endInput();
            assertThat(chat.out()).isEqualTo("one two\n");
            assertThat(chat.err()).isNotBlank().doesNotContain("\tat ");
            assertThat(chat.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void interruptedItLeavesWith130AndTheUpstreamIsClosed() throws Exception {
        assumeFalse(Signals.ignored(2), "SIGINT is ignored here, as in a job in the background, and so in every child");
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("one"))
                .flush()
                .hang()
                .build());
        try (ChatProcess chat = chat("--model", "m", "hi")) {
            chat.endInput();
            chat.await("one");
            RecordedRequest request = upstream.takeRequest(SOON);
            long before = System.nanoTime();
            chat.interrupt();
            long closed = request.disconnected().get(SOON.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(closed - before)).isLessThan(Duration.ofSeconds(1));
            assertThat(chat.exitCode()).isEqualTo(130);
            assertThat(chat.out()).isEqualTo("one\n");
        }
    }

    @Test
    void withNobodyThereItSaysSo() throws Exception {
        try (ChatProcess chat = ChatProcess.piped(Map.of(), "--base-url", ScriptedUpstream.refusingUrl(), "hi")) {
            chat.endInput();
            assertThat(chat.out()).isEmpty();
            assertThat(chat.err()).contains("Nothing answers at http://127.0.0.1:", "./thalweg serve", "--base-url");
            assertThat(chat.exitCode()).isEqualTo(1);
        }
    }
}
