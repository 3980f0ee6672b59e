package dev.thalweg.core.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a token of Google's cloud is asked for, and read: OAuth 2 by a signed assertion, or by a user's refresh token. */
public final class GoogleGrant {
    /** The content type of {@link #form}. */
    public static final String FORM = "application/x-www-form-urlencoded";

    /** As much of an answer as is read, in bytes. */
    public static final int MOST_BYTES = 64 * 1024;

    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration AT_LEAST = Duration.ofSeconds(10);

    private GoogleGrant() {}

    /** A token, and when it is over. */
    public record Token(String value, Instant expires) {
        /** Whether a request can be made with it. */
        public boolean good(Instant now) {
            return now.plus(AT_LEAST).isBefore(expires);
        }

        /** Whether it is time to get another. */
        public boolean aging(Instant now) {
            return !now.plus(AHEAD).isBefore(expires);
        }

        /** Without the value. */
        @Override
        public String toString() {
            return "Token[until " + expires + "]";
        }
    }

    /** There is no token; the message says why, without secrets. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super("There is no token for Google's cloud: " + message);
        }
    }

    /** The body of the request for a token, which goes to {@link GoogleAccount#tokenUri()}. */
    public static String form(GoogleAccount account, Instant now) throws Refused {
        PrivateKey key = account.key();
        if (key == null) {
            return "grant_type=refresh_token&client_id=" + encoded(account.clientId()) + "&client_secret="
                    + encoded(account.clientSecret().reveal()) + "&refresh_token="
                    + encoded(account.refreshToken().reveal());
        }
        try {
            return "grant_type=" + encoded("urn:ietf:params:oauth:grant-type:jwt-bearer") + "&assertion="
                    + assertion(account, key, now);
        } catch (GeneralSecurityException e) {
            throw new Refused("its key cannot sign (" + e.getClass().getSimpleName() + ").");
        }
    }

    private static String assertion(GoogleAccount account, PrivateKey key, Instant now)
            throws GeneralSecurityException {
        var header = JsonMapper.shared().createObjectNode().put("alg", "RS256").put("typ", "JWT");
        if (!account.keyId().isEmpty()) {
            header.put("kid", account.keyId());
        }
        var claims = JsonMapper.shared()
                .createObjectNode()
                .put("iss", account.email())
                .put("scope", SCOPE)
                .put("aud", account.tokenUri().toString())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond());
        String text = base64(header.toString().getBytes(UTF_8)) + "."
                + base64(claims.toString().getBytes(UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(text.getBytes(UTF_8));
        return text + "." + base64(signature.sign());
    }

    /** The token in an answer. */
    public static Token token(int status, byte[] body, Instant asked) throws Refused {
        JsonNode answer;
        try {
            answer = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new Refused("its server answered with status " + status + " and no JSON.");
        }
        String value = answer.path("access_token").asString("");
        if (status != 200 || value.isEmpty()) {
            String error = answer.path("error").asString("");
            String word = error.matches("[a-z_]{1,40}") ? " (" + error + ")" : "";
            throw new Refused("its server answered with status " + status + word + ".");
        }
        long seconds = Math.clamp(answer.path("expires_in").asLong(LIFE.toSeconds()), 1, LIFE.toSeconds() * 24);
        return new Token(value, asked.plusSeconds(seconds));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
