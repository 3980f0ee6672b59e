package dev.thalweg;

import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.upstream.GoogleAccount;
import dev.thalweg.core.upstream.GoogleGrant;
import dev.thalweg.error.ErrorDetails;
import dev.thalweg.error.ThalwegException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A token of Google's cloud: fetched by the first who needs one, while others wait, and again before it expires. */
final class GoogleCredentials implements Credentials {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GoogleAccount account;
    private final HttpClient http;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile GoogleGrant.@Nullable Token token;

    GoogleCredentials(GoogleAccount account, HttpClient http) {
        this.account = account;
        this.http = http;
    }

    @Override
    public Map<String, String> headers(URI uri, byte[] body) throws InterruptedException {
        GoogleGrant.Token known = token;
        if (known == null || known.aging(Instant.now())) {
            known = renewed();
        }
        return Map.of("authorization", "Bearer " + known.value());
    }

    private GoogleGrant.Token renewed() throws InterruptedException {
        fetching.lockInterruptibly();
        try {
            GoogleGrant.Token known = token;
            Instant now = Instant.now();
            if (known == null || known.aging(now)) {
                known = ask(now);
                token = known;
            }
            return known;
        } finally {
            fetching.unlock();
        }
    }

    private GoogleGrant.Token ask(Instant now) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(account.tokenUri())
                    .version(HttpClient.Version.HTTP_1_1)
                    .timeout(PATIENCE)
                    .header("Content-Type", GoogleGrant.FORM)
                    .POST(HttpRequest.BodyPublishers.ofString(GoogleGrant.form(account, now)))
                    .build();
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return GoogleGrant.token(response.statusCode(), response.body(), now);
        } catch (IOException e) {
            throw refused("There is no token for Google's cloud: its server cannot be reached.");
        } catch (GoogleGrant.Refused e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static ThalwegException refused(String message) {
        ErrorKind kind = ErrorKind.API_CONNECTION;
        return kind.exception(ErrorDetails.builder(message)
                .status(kind.status())
                .type(kind.type())
                .code(kind.code())
                .retryable(kind.retryable())
                .build());
    }
}
