package dev.thalweg.gateway.upstream;

import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a connection was not made, in words that name no address. */
final class ConnectFailures {
    private static final int DEEPEST = 10;

    private ConnectFailures() {}

    /** Why the way to a TLS connection broke off after TCP stood: at the proxy, or in the handshake. */
    static String inTls(Throwable cause) {
        if (has(cause, ProxyConnectException.class)) {
            return "the proxy did not connect to it";
        }
        return "the TLS handshake failed (" + handshake(cause) + ")";
    }

    private static String handshake(Throwable cause) {
        if (has(cause, CertPathBuilderException.class)) {
            return "its certificate is from nobody this machine trusts; a private issuer goes into ca_file";
        } else if (has(cause, CertificateException.class)) {
            return "its certificate is not valid for this name and time";
        } else if (has(cause, NotSslRecordException.class)) {
            return "it does not speak TLS";
        }
        return has(cause, SSLException.class) ? "no common protocol" : "the connection was closed";
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        @Nullable Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
