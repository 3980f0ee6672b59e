package dev.thalweg.gateway.tls;

import dev.thalweg.config.Settings;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards callers. New connections get the certificate last read with success; open ones keep theirs. Thread-safe.
 */
public final class CallerTls {
    /** What stands in the two files. */
    private record Content(byte[] certificate, byte[] key) {
        boolean same(@Nullable Content other) {
            return other != null && Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
        }
    }

    private final Path certificate;
    private final Path key;
    private volatile SslContext context;
    private Content tried;
    private @Nullable Content lastSeen;

    private CallerTls(Path certificate, Path key) throws IOException {
        this.certificate = certificate;
        this.key = key;
        this.tried = read();
        this.context = context(tried);
    }

    /**
     * The TLS these settings ask for; null for none.
     *
     * @throws IllegalArgumentException when the files are no certificate and its key
     */
    public static @Nullable CallerTls of(Settings settings) {
        Path certificate = settings.tlsCertificate();
        Path key = settings.tlsKey();
        if (certificate == null || key == null) {
            return null;
        }
        try {
            return new CallerTls(certificate, key);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(problem(certificate, key, e), e);
        }
    }

    /** What encrypts one connection. */
    public SslHandler handler(ByteBufAllocator allocator) {
        return context.newHandler(allocator);
    }

    /**
     * Looks at the files; content that is new, and the same in two looks, is put into force.
     *
     * @return what is to be said of it; null where nothing changed
     */
    public synchronized @Nullable String look() {
        Content seen;
        try {
            seen = read();
        } catch (IOException e) {
            return null; // Between two files: the next look finds them, and the ones in force stay.
        }
        boolean settled = seen.same(lastSeen);
        lastSeen = seen;
        if (!settled || seen.same(tried)) {
            return null;
        }
        tried = seen;
        try {
            context = context(seen);
            return "Certificate read again from " + certificate + ": new connections get it.";
        } catch (IOException | IllegalArgumentException e) {
            return "WARNING Certificate not changed, the one before stays in force: " + problem(certificate, key, e);
        }
    }

    private Content read() throws IOException {
        return new Content(Files.readAllBytes(certificate), Files.readAllBytes(key));
    }

    private static SslContext context(Content content) throws SSLException {
        try {
            KeyPairCheck.check(content.certificate(), content.key());
        } catch (GeneralSecurityException e) {
            throw new SSLException(e);
        }
        return SslContextBuilder.forServer(
                        new ByteArrayInputStream(content.certificate()), new ByteArrayInputStream(content.key()))
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .build();
    }

    /** Never what stands in the files. */
    private static String problem(Path certificate, Path key, Exception e) {
        String why =
                e instanceof IOException && !(e instanceof SSLException) ? "cannot be read" : "do not fit together";
        return "tls_certificate " + certificate + " and tls_key " + key + " " + why
                + "; a PEM chain and its unencrypted PKCS#8 key are expected";
    }
}
