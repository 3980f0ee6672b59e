package dev.thalweg.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.config.ConfigException;
import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.ScriptedUpstream;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers that speak TLS. */
class CallerTlsTest {
    private static final String BODY =
            "{\"model\":\"gpt\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @TempDir
    private Path directory;

    private Path certificate;
    private Path key;
    private X509Bundle authority;

    @BeforeEach
    void makeCertificate() throws Exception {
        certificate = directory.resolve("tls.pem");
        key = directory.resolve("tls.key");
        authority = new CertificateBuilder()
                .subject("CN=ours")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        write(issue("first"));
    }

    @Test
    void aStreamIsEncryptedOnItsWayToTheCaller() throws Exception {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.stream("Hel", "lo"));
                var gateway = gateway(upstream.url());
                var client = client()) {
            HttpResponse<String> answer = ask(client, gateway);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(TestGateway.plain(answer.body()))
                    .contains("\"Hel\"", "\"lo\"")
                    .endsWith("data: [DONE]\n\n");
            assertThat(name(answer)).contains("first");
            assertThat(gateway.server().encrypts()).isTrue();
        }
    }

    @Test
    void plainHttpIsRefused() {
        try (var gateway = gateway("http://127.0.0.1:1");
                var client = HttpClient.newHttpClient()) {
            HttpRequest plain = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/models"))
                    .build();
            assertThatThrownBy(() -> client.send(plain, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aRenewedCertificateIsForNewConnectionsAndOneThatDoesNotFitForNobody() throws Exception {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.stream("Hello"));
                var gateway = gateway(upstream.url());
                var open = client()) {
            assertThat(name(ask(open, gateway))).contains("first");

            Files.writeString(certificate, issue("torn").getCertificatePathPEM());
            assertThat(gateway.server().lookAtCertificate()).as("seen once").isEmpty();
            assertThat(gateway.server().lookAtCertificate().orElseThrow())
                    .startsWith("WARNING")
                    .contains("do not fit together")
                    .doesNotContain("PRIVATE");
            assertThat(gateway.server().lookAtCertificate()).as("said once").isEmpty();
            assertThat(nameOnNewConnection(gateway)).contains("first");

            write(issue("second"));
            assertThat(gateway.server().lookAtCertificate()).isEmpty();
            assertThat(gateway.server().lookAtCertificate().orElseThrow()).contains("Certificate read again");
            assertThat(nameOnNewConnection(gateway)).contains("second");
            assertThat(name(ask(open, gateway))).as("the open connection").contains("first");

            Files.delete(key);
            assertThat(gateway.server().lookAtCertificate()).isEmpty();
            assertThat(nameOnNewConnection(gateway)).contains("second");
        }
    }

    @Test
    void oneFileWithoutTheOtherIsAMistake() {
        assertThatThrownBy(() -> TestGateway.of("general_settings: {tls_certificate: \"" + certificate + "\"}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tls_certificate and tls_key go together");
    }

    @Test
    void filesThatAreNoCertificateAreAMistakeAtTheStart() throws Exception {
        Files.writeString(key, "no key");
        assertThatThrownBy(() -> gateway("http://127.0.0.1:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PKCS#8");
    }

    private TestGateway gateway(String upstream) {
        return TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream}
                general_settings: {tls_certificate: "%s", tls_key: "%s"}
                """.formatted(upstream, certificate, key));
    }

    private X509Bundle issue(String name) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .addSanIpAddress("127.0.0.1")
                .buildIssuedBy(authority);
    }

    private void write(X509Bundle bundle) throws IOException {
        Files.writeString(certificate, bundle.getCertificatePathPEM());
        Files.writeString(key, bundle.getPrivateKeyPEM());
    }

    private HttpClient client() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("ours", authority.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static HttpResponse<String> ask(HttpClient client, TestGateway gateway) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + gateway.port() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String nameOnNewConnection(TestGateway gateway) throws Exception {
        try (HttpClient fresh = client()) {
            return name(ask(fresh, gateway));
        }
    }

    private static String name(HttpResponse<?> answer) throws Exception {
        List<?> chain = List.of(answer.sslSession().orElseThrow().getPeerCertificates());
        return ((X509Certificate) chain.get(0)).getSubjectX500Principal().getName();
    }
}
