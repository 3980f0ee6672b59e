package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.testkit.Framing;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same over TLS, where HTTP/2 is offered and the upstream only knows HTTP/1.1. */
class TlsTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static SSLContext context;
    private static SSLContext usual;

    private ScriptedUpstream upstream;
    private Thalweg thalweg;

    @BeforeAll
    static void makeKey(@TempDir Path dir) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = dir.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String options = "-genkeypair -alias test -keyalg EC -dname CN=127.0.0.1 -ext san=ip:127.0.0.1"
                + " -storetype PKCS12 -storepass changeit -keystore";
        var command = new java.util.ArrayList<>(java.util.List.of(keytool));
        command.addAll(java.util.List.of(options.split(" ")));
        command.add(file.toString());
        var keytoolRun = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytoolRun.waitFor()).isZero();
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance(file.toFile(), password);
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, password);
        var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(keys);
        context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        usual = SSLContext.getDefault();
    }

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.startTls(context);
        SSLContext.setDefault(context);
        thalweg = client();
    }

    @AfterEach
    void stop() {
        SSLContext.setDefault(usual);
        thalweg.close();
        upstream.close();
    }

    private Thalweg client() {
        return Thalweg.builder()
                .environment(Map.of("OPENAI_API_KEY", "sk-test", "OPENAI_BASE_URL", upstream.url()))
                .retries(0)
                .build();
    }

    @Test
    void aStreamIsReadAndTheConnectionUsedAgain() {
        upstream.always(OpenAiScripts.stream("Hel", "lo"));

        assertThat(thalweg.stream(SdkTest.MODEL, "Hello").response().content()).isEqualTo("Hello");
        assertThat(SdkTest.read(thalweg.stream(SdkTest.MODEL, "Hello"))).isEqualTo("Hello");

        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void leavingEarlyStopsTheUpstream() {
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("Hi")).hang().build());
        long left;
        try (ChatStream stream = thalweg.stream(SdkTest.MODEL, "Hello")) {
            for (ChatChunk chunk : stream) {
                break;
            }
            left = System.nanoTime();
        }

        long seen = upstream.takeRequest(SOON)
                        .disconnected()
                        .orTimeout(5, java.util.concurrent.TimeUnit.SECONDS)
                        .join()
                - left;
        System.out.printf("over TLS, after a break the upstream saw it after %.2f ms%n", seen / 1e6);
        assertThat(Duration.ofNanos(seen)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aCutIsACut() {
        for (Script script : new Script[] {
            Script.sse().event(OpenAiScripts.contentChunk("Hi")).fin().build(),
            Script.sse()
                    .framing(Framing.CLOSE)
                    .event(OpenAiScripts.contentChunk("Hi"))
                    .build(),
        }) {
            upstream.enqueue(script);
            ChatStream stream = thalweg.stream(SdkTest.MODEL, "Hello");

            ApiConnectionException e = catchThrowableOfType(ApiConnectionException.class, stream::response);

            assertThat(e.code()).contains("upstream_cut");
            assertThat(e.partial().orElseThrow().content()).isEqualTo("Hi");
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsSaidSo() {
        SSLContext.setDefault(usual);
        Thalweg distrustful = client();

        ApiConnectionException e =
                catchThrowableOfType(ApiConnectionException.class, () -> distrustful.complete(SdkTest.MODEL, "Hello"));

        assertThat(e).hasMessageContaining("TLS").hasMessageContaining("certification path");
    }
}
