package dev.thalweg.gateway.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.config.GoogleAccount;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The token that an account of Google's cloud is asked with: fetched when it is first wanted, and again some time before it
 * expires, on a thread of its own. Thread-safe; nobody who asks for it waits.
 */
public final class GoogleTokens {
    private static final System.Logger LOG = System.getLogger(GoogleTokens.class.getName());
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 64 * 1024;

    private final GoogleAccount account;
    private final List<Waiter> waiting = new ArrayList<>();
    private boolean fetching;
    private volatile @Nullable Token token;

    private record Token(String value, Instant expires) {
        boolean lastsFor(Duration span) {
            return Instant.now().plus(span).isBefore(expires);
        }
    }

    private record Waiter(EventLoop loop, Runnable ready, Consumer<String> failed) {}

    /** The tokens of this account. */
    public GoogleTokens(GoogleAccount account) {
        this.account = account;
    }

    /** The token; null as long as there is none. */
    public @Nullable String value() {
        Token known = token;
        return known == null ? null : known.value();
    }

    /** Calls back on this loop once there is a token that is good for now, or with the reason why there is none. */
    public void whenReady(EventLoop loop, Runnable ready, Consumer<String> failed) {
        Token known = token;
        boolean good = known != null && known.lastsFor(Duration.ofSeconds(10));
        if (good && known != null && known.lastsFor(AHEAD)) {
            ready.run();
            return;
        }
        boolean begin;
        synchronized (waiting) {
            begin = !fetching;
            fetching = true;
            if (!good) {
                waiting.add(new Waiter(loop, ready, failed));
            }
        }
        if (begin) {
            Thread.startVirtualThread(this::fetch);
        }
        if (good) {
            ready.run();
        }
    }

    private void fetch() {
        @Nullable String problem = null;
        try {
            token = ask();
        } catch (IOException e) {
            problem = "There is no token for Google's cloud: " + e.getMessage();
        } catch (GeneralSecurityException | RuntimeException e) {
            problem = "There is no token for Google's cloud.";
            LOG.log(System.Logger.Level.WARNING, "A token for Google's cloud could not be asked for.", e);
        } catch (InterruptedException e) {
            problem = "There is no token for Google's cloud.";
            Thread.currentThread().interrupt();
        }
        List<Waiter> all;
        synchronized (waiting) {
            all = List.copyOf(waiting);
            waiting.clear();
            fetching = false;
        }
        String why = problem;
        for (Waiter waiter : all) {
            waiter.loop()
                    .execute(
                            why == null ? waiter.ready() : () -> waiter.failed().accept(why));
        }
    }

    private Token ask() throws IOException, GeneralSecurityException, InterruptedException {
        Instant now = Instant.now();
        HttpRequest request = HttpRequest.newBuilder(account.tokenUri())
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(now)))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return token(response.statusCode(), new String(body.readNBytes(MOST_BYTES), UTF_8), now);
            }
        }
    }

    private static Token token(int status, String body, Instant now) throws IOException {
        JsonNode answer;
        try {
            answer = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new IOException("its server answered with status " + status + " and no JSON.");
        }
        String value = answer.path("access_token").asString("");
        if (status != 200 || value.isEmpty()) {
            String error = answer.path("error").asString("");
            String word = error.matches("[a-z_]{1,40}") ? " (" + error + ")" : "";
            throw new IOException("its server answered with status " + status + word + ".");
        }
        long seconds = Math.clamp(answer.path("expires_in").asLong(LIFE.toSeconds()), 1, LIFE.toSeconds() * 24);
        return new Token(value, now.plusSeconds(seconds));
    }

    private String form(Instant now) throws GeneralSecurityException {
        PrivateKey key = account.key();
        if (key == null) {
            return "grant_type=refresh_token&client_id=" + encoded(account.clientId()) + "&client_secret="
                    + encoded(account.clientSecret().reveal()) + "&refresh_token="
                    + encoded(account.refreshToken().reveal());
        }
        return "grant_type=" + encoded("urn:ietf:params:oauth:grant-type:jwt-bearer") + "&assertion="
                + assertion(key, now);
    }

    private String assertion(PrivateKey key, Instant now) throws GeneralSecurityException {
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

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
