package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.ScriptedUpstream;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Providers behind TLS, straight and through a proxy. */
class TlsUpstreamTest {
    @TempDir
    private static Path directory;

    private static Path trusted;
    private static SSLContext right;
    private static SSLContext wrongName;
    private static SSLContext unknownIssuer;

    @BeforeAll
    static void makeCertificates() throws Exception {
        X509Bundle authority = authority("CN=ours");
        trusted = Files.writeString(directory.resolve("ca.pem"), authority.getRootCertificatePEM());
        right = server(authority, "127.0.0.1");
        wrongName = server(authority, "10.9.8.7");
        unknownIssuer = server(authority("CN=theirs"), "127.0.0.1");
    }

    private static X509Bundle authority(String name) throws Exception {
        return new CertificateBuilder()
                .subject(name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static SSLContext server(X509Bundle issuer, String address) throws Exception {
        X509Bundle own = new CertificateBuilder()
                .subject("CN=server")
                .addSanIpAddress(address)
                .buildIssuedBy(issuer);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.toKeyManagerFactory().getKeyManagers(), null, null);
        return context;
    }

    private static TestGateway gateway(String url, Map<String, String> environment, String... settings) {
        return TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream-canary}
                thalweg_settings:
                  num_retries: 0
                  ca_file: %s
                  %s
                """.formatted(url, trusted, String.join("\n  ", settings)), environment);
    }

    @Test
    void aTrustedCertificateIsGoodForManyRequests() {
        try (var upstream = ScriptedUpstream.startTls(right).always(OpenAiScripts.stream("Hel", "lo"));
                var gateway = gateway(upstream.url(), Map.of(), "event_loops: 1")) {
            for (int i = 0; i < 3; i++) {
                Chats.Answer answer = ask(gateway, streamed());
                assertThat(answer.text()).isEqualTo("Hello");
                assertThat(answer.done()).isTrue();
            }
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        refused(wrongName);
    }

    @Test
    void aCertificateFromAnUnknownIssuerIsRefused() {
        refused(unknownIssuer);
    }

    private static void refused(SSLContext context) {
        try (var upstream = ScriptedUpstream.startTls(context).always(OpenAiScripts.stream("never"));
                var gateway = gateway(upstream.url(), Map.of())) {
            var error = ask(gateway, streamed()).error(502);
            assertThat(error.path("code").asString()).isEqualTo("upstream_unreachable");
            assertThat(error.path("message").asString()).contains("TLS").contains("certificate");
            assertThat(upstream.requests()).isEmpty();
            Chats.settled(gateway);
            upstream.awaitOpenConnections(0, SOON);
        }
    }

    @Test
    void aServerThatDoesNotSpeakTlsIsAnErrorStatus() throws IOException {
        try (var plain = ConnectProxy.start(400);
                var gateway = gateway(plain.url().replace("http:", "https:"), Map.of())) {
            plain.answerAtOnce();
            assertThat(ask(gateway, streamed()).error(502).path("message").asString())
                    .contains("does not speak TLS");
            Chats.settled(gateway);
        }
    }

    @Test
    void aHandshakeThatNeverEndsIsGivenUpAndItsSocketClosed() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var gateway =
                        gateway("https://127.0.0.1:" + silent.getLocalPort(), Map.of(), "connect_timeout: 300ms")) {
            var error = ask(gateway, streamed()).error(504);
            assertThat(error.path("code").asString()).isEqualTo("connect_timeout");
            try (var accepted = silent.accept()) {
                accepted.setSoTimeout((int) SOON.toMillis());
                byte[] hello = accepted.getInputStream().readAllBytes();
                assertThat(hello).as("a hello, and then the end").isNotEmpty();
            }
        }
    }

    @Test
    void theProxyIsAskedForAProvidersName() throws IOException {
        try (var upstream = ScriptedUpstream.startTls(right).always(OpenAiScripts.stream("Hi"));
                var proxy = ConnectProxy.start(200);
                var gateway = gateway(upstream.url(), Map.of("HTTPS_PROXY", proxy.url()))) {
            assertThat(ask(gateway, streamed()).text()).isEqualTo("Hi");
            assertThat(proxy.asked()).containsExactly("CONNECT 127.0.0.1:" + upstream.port() + " HTTP/1.1");
            assertThat(upstream.takeRequest(SOON).header("authorization")).contains("Bearer sk-upstream-canary");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "'*'", "'foo.example, 127.0.0.1'"})
    void theProxyIsNotAskedForItsExceptions(String exceptions) throws IOException {
        try (var upstream = ScriptedUpstream.startTls(right).always(OpenAiScripts.stream("Hi"));
                var proxy = ConnectProxy.start(200);
                var gateway = gateway(upstream.url(), Map.of("https_proxy", proxy.url(), "NO_PROXY", exceptions))) {
            assertThat(ask(gateway, streamed()).text()).isEqualTo("Hi");
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void plainHttpGoesStraight() throws IOException {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.stream("Hi"));
                var proxy = ConnectProxy.start(200);
                var gateway = gateway(upstream.url(), Map.of("HTTPS_PROXY", proxy.url()))) {
            assertThat(ask(gateway, streamed()).text()).isEqualTo("Hi");
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void aProxyThatRefusesIsNamedAsTheReason() throws IOException {
        try (var upstream = ScriptedUpstream.startTls(right).always(OpenAiScripts.stream("never"));
                var proxy = ConnectProxy.start(403);
                var gateway = gateway(upstream.url(), Map.of("HTTPS_PROXY", proxy.url()))) {
            assertThat(ask(gateway, streamed()).error(502).path("message").asString())
                    .contains("proxy");
            assertThat(upstream.connections()).isZero();
            Chats.settled(gateway);
        }
    }
}
