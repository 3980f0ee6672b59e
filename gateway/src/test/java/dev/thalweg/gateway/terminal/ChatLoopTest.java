package dev.thalweg.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A conversation on a real terminal: what is shown, what is sent, what Ctrl-C does. */
@Timeout(90)
class ChatLoopTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ERASE = "\r\033[2K";
    private static final String CTRL_C = "\003";
    private static final String CTRL_D = "\004";
    private static final String PROMPT = "\033[1m> ";
    private static final String PLAIN_PROMPT = "\033[?2004h> ";

    @TempDir
    private Path directory;

    private ScriptedUpstream upstream;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start();
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private ChatProcess chat(String... more) throws Exception {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--model";
        arguments[1] = "m";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return ChatProcess.onTerminal(Map.of("THALWEG_BASE_URL", upstream.url()), arguments);
    }

    @Test
    void theIndicatorStandsUntilTheFirstTokenAndIsErasedThen() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        upstream.enqueue(Script.sse()
                .head()
                .flush()
                .awaitSignal(go)
                .event(OpenAiScripts.contentChunk("Hello"))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build());
        try (ChatProcess chat = chat()) {
            assertThat(chat.await(PROMPT)).contains("Asking m at " + upstream.url() + " (THALWEG_BASE_URL; --model)");
            chat.type("hi\r");
            chat.await("⠋ Waiting 0.0 s");
            chat.await("⠹ Waiting 0.");
            go.countDown();
            assertThat(chat.await("Hello")).endsWith(ERASE + "Hello");
            assertThat(chat.await(PROMPT)).doesNotContain("Waiting", ERASE).contains("first token ", "total ");
            chat.type(CTRL_D);
            assertThat(chat.exitCode()).isZero();
        }
    }

    @Test
    void ctrlCStopsTheAnswerAtOnceAndTheConversationGoesOnWithWhatCame() throws Exception {
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("half an ans"))
                .flush()
                .hang()
                .build());
        upstream.enqueue(OpenAiScripts.stream("second"));
        try (ChatProcess chat = chat()) {
            chat.await(PROMPT);
            chat.type("first question\r");
            chat.await("half an ans");
            RecordedRequest first = upstream.takeRequest(SOON);
            long before = System.nanoTime();
            chat.type(CTRL_C);
            long closed = first.disconnected().get(SOON.toSeconds(), TimeUnit.SECONDS);
            Duration took = Duration.ofNanos(closed - before);
            assertThat(took).isLessThan(Duration.ofSeconds(1));
            assertThat(chat.await(PROMPT)).contains("[stopped] ").doesNotContain("^C");
            chat.type("second question\r");
            chat.await("second");
            assertThat(upstream.takeRequest(SOON).bodyText())
                    .contains("first question", "{\"role\":\"assistant\",\"content\":\"half an ans\"}")
                    .contains("second question");
            chat.await(PROMPT);
            chat.type(CTRL_C);
            assertThat(chat.exitCode()).isZero();
        }
    }

    @Test
    void ctrlCBeforeTheFirstTokenStopsTheRequestToo() throws Exception {
        upstream.enqueue(Script.sse().head().flush().hang().build());
        try (ChatProcess chat = chat()) {
            chat.await(PROMPT);
            chat.type("hi\r");
            RecordedRequest request = upstream.takeRequest(SOON);
            chat.await("Waiting");
            chat.type(CTRL_C);
            request.awaitDisconnect(SOON);
            assertThat(chat.await(PROMPT)).contains("[stopped] ");
            chat.type("/exit\r");
            assertThat(chat.exitCode()).isZero();
        }
    }

    @Test
    void commandsDoWhatHelpSays() throws Exception {
        upstream.answer(request -> OpenAiScripts.stream("fine"));
        Path saved = directory.resolve("chat.md");
        try (ChatProcess chat = chat("--no-color")) {
            chat.await(PLAIN_PROMPT);
            chat.type("/help\r");
            assertThat(chat.await(PLAIN_PROMPT)).contains("/retry ", "/save FILE", "/exit");
            chat.type("/hlep\r");
            assertThat(chat.await(PLAIN_PROMPT)).contains("There is no /hlep", "/help, /model");
            chat.type("/system be brief\r");
            chat.await(PLAIN_PROMPT);
            chat.type("/model other\r");
            chat.await(PLAIN_PROMPT);
            chat.type("one\\\rtwo\r");
            chat.await("fine");
            assertThat(upstream.takeRequest(SOON).bodyText())
                    .contains("\"other\"", "{\"role\":\"system\",\"content\":\"be brief\"}", "one\\ntwo");
            chat.await(PLAIN_PROMPT);
            chat.type("/retry\r");
            chat.await("fine");
            assertThat(upstream.takeRequest(SOON).bodyText())
                    .contains("one\\ntwo")
                    .doesNotContain("fine");
            chat.await(PLAIN_PROMPT);
            chat.type("/save " + saved + "\r");
            assertThat(chat.await(PLAIN_PROMPT)).contains("Saved to");
            chat.type("/new\r");
            chat.await(PLAIN_PROMPT);
            chat.type("\"\"\"three\rfour\"\"\"\r");
            chat.await("fine");
            assertThat(upstream.takeRequest(SOON).bodyText())
                    .contains("three\\nfour")
                    .doesNotContain("one\\ntwo");
            chat.await(PLAIN_PROMPT);
            chat.type("/exit\r");
            assertThat(chat.exitCode()).isZero();
            assertThat(chat.out()).doesNotContain("\033[2m", "\033[1m", "\033[31m");
        }
        assertThat(Files.readString(saved)).isEqualTo("""
                # Chat with other

                ## System

                be brief

                ## User

                one
                two

                ## Assistant

                fine
                """);
    }

    @Test
    void afterAnErrorTheConversationGoesOn() throws Exception {
        upstream.enqueue(OpenAiScripts.error(404, "invalid_request_error", "model_not_found", "No\033[2J such model."));
        upstream.enqueue(OpenAiScripts.stream("back"));
        try (ChatProcess chat = chat()) {
            chat.await(PROMPT);
            chat.type("hi\r");
            assertThat(chat.await(PROMPT)).contains("such model", "/model NAME").doesNotContain("\033[2J", "\tat ");
            chat.type("again\r");
            chat.await("back");
            assertThat(upstream.requests().get(1).bodyText()).contains("again").doesNotContain("\"hi\"");
        }
    }

    @Test
    void controlCharactersOfAnAnswerDoNotReachTheTerminal() throws Exception {
        upstream.enqueue(OpenAiScripts.stream("red \033]0;title\007 text"));
        try (ChatProcess chat = chat()) {
            chat.await(PROMPT);
            chat.type("hi\r");
            assertThat(chat.await(" text")).endsWith("red \uFFFD]0;title\uFFFD text");
        }
    }

    @Test
    void onADumbTerminalThereAreNoEscapeCodes() throws Exception {
        upstream.enqueue(OpenAiScripts.stream("plain"));
        try (ChatProcess chat =
                ChatProcess.onTerminal(Map.of("THALWEG_BASE_URL", upstream.url(), "TERM", "dumb"), "--model", "m")) {
            chat.await("> ");
            chat.type("hi\r");
            chat.await("plain");
            chat.await("> ");
            chat.type("/exit\r");
            assertThat(chat.exitCode()).isZero();
            assertThat(chat.out()).doesNotContain("\033");
        }
    }

    @Test
    void aHistoryIsKeptWhereItIsAskedForAndOnlyForItsOwner() throws Exception {
        upstream.answer(request -> OpenAiScripts.stream("fine"));
        Path history = directory.resolve("history");
        try (ChatProcess chat = chat("--history", history.toString())) {
            chat.await(PROMPT);
            chat.type("remember me\r");
            chat.await("fine");
            chat.await(PROMPT);
            chat.type(CTRL_D);
            assertThat(chat.exitCode()).isZero();
        }
        assertThat(history).content().contains("remember me");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
        try (ChatProcess chat = chat("--history", history.toString())) {
            chat.await(PROMPT);
            chat.type("\020"); // Ctrl-P: the line before
            chat.await("remember me");
        }
    }
}
