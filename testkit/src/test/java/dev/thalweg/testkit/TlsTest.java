package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Duration SOON = Duration.ofSeconds(5);

    private static SSLContext context;

    @BeforeAll
    static void makeKey(@TempDir Path dir) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = dir.resolve("keys.p12");
        Path log = dir.resolve("keytool.log");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> read(log)).isZero();
        KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD);
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(keys);
        context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void scriptsRunOverTls() {
        try (var upstream = ScriptedUpstream.startTls(context).always(OpenAiScripts.stream("hi"));
                var client = RawClient.connectTls(upstream.port(), context)) {
            assertThat(upstream.url()).startsWith("https://127.0.0.1:");
            for (int i = 1; i <= 2; i++) {
                client.get("/", Map.of()).readHead();
                client.readUntil("[DONE]");
                assertThat(client.readBody().clean()).isTrue();
                assertThat(upstream.takeRequest(SOON).indexOnConnection()).isEqualTo(i);
            }
            client.close();
            upstream.requests().getFirst().awaitDisconnect(SOON);
            upstream.awaitOpenConnections(0, SOON);
        }
    }

    @Test
    void aResetIsAResetUnderTlsToo() {
        try (var upstream = ScriptedUpstream.startTls(context)
                        .enqueue(Script.refuse())
                        .enqueue(Script.refuseQuietly());
                var reset = RawClient.connectTls(upstream.port(), context);
                var closed = RawClient.connectTls(upstream.port(), context)) {
            assertThat(reset.get("/", Map.of()).awaitClose()).isFalse();
            assertThat(closed.get("/", Map.of()).awaitClose()).isTrue();
        }
    }

    @Test
    void aClientThatIsKilledIsNoticed() {
        try (var upstream = ScriptedUpstream.startTls(context).always(Script.hang());
                var client = RawClient.connectTls(upstream.port(), context)) {
            client.get("/", Map.of());
            RecordedRequest request = upstream.takeRequest(SOON);
            client.closeNow();
            request.awaitDisconnect(SOON);
        }
    }

    /** Over TLS each write is a record and each read returns at most one: so the pieces can be counted. */
    @Test
    void splitPiecesAreWritesOfTheirOwn() throws IOException {
        assertThat(writes(Script.raw().split(4).text("0123456789").fin())).containsExactly("0123", "4567", "89");
        assertThat(writes(Script.raw().splitAt(2, 5).text("0123").text("456").fin()))
                .containsExactly("01", "234", "56");
        assertThat(writes(Script.raw()
                        .splitWire(3)
                        .text("0123")
                        .text("4567")
                        .flush()
                        .text("89")
                        .fin()))
                .containsExactly("012", "345", "67", "89");
        assertThat(writes(Script.raw()
                        .text("one ")
                        .text("write")
                        .flush()
                        .text("and another")
                        .fin()))
                .containsExactly("one write", "and another");
        String[] bytes = IntStream.range(0, 10).mapToObj(Integer::toString).toArray(String[]::new);
        assertThat(writes(Script.raw().split(1).text("0123456789").fin())).containsExactly(bytes);
    }

    private static ArrayList<String> writes(ScriptBuilder script) throws IOException {
        try (var upstream = ScriptedUpstream.startTls(context).always(script.build());
                var socket = context.getSocketFactory().createSocket("127.0.0.1", upstream.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
            var reads = new ArrayList<String>();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1000];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                reads.add(new String(buffer, 0, count, UTF_8));
            }
            return reads;
        }
    }
}
