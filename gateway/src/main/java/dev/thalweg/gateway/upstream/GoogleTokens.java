package dev.thalweg.gateway.upstream;

import dev.thalweg.core.upstream.GoogleAccount;
import dev.thalweg.core.upstream.GoogleGrant;
import dev.thalweg.core.upstream.GoogleGrant.Refused;
import dev.thalweg.core.upstream.GoogleGrant.Token;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The token that an account of Google's cloud is asked with: fetched when it is first wanted, and again some time before it
 * expires, on a thread of its own. Thread-safe; nobody who asks for it waits.
 */
public final class GoogleTokens {
    private static final System.Logger LOG = System.getLogger(GoogleTokens.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GoogleAccount account;
    private final List<Waiter> waiting = new ArrayList<>();
    private boolean fetching;
    private volatile @Nullable Token token;

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
        Instant now = Instant.now();
        boolean good = known != null && known.good(now);
        if (known != null && !known.aging(now)) {
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
        } catch (Refused e) {
            problem = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
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

    private Token ask() throws IOException, Refused, InterruptedException {
        Instant now = Instant.now();
        HttpRequest request = HttpRequest.newBuilder(account.tokenUri())
                .timeout(PATIENCE)
                .header("Content-Type", GoogleGrant.FORM)
                .POST(HttpRequest.BodyPublishers.ofString(GoogleGrant.form(account, now)))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return GoogleGrant.token(response.statusCode(), body.readNBytes(GoogleGrant.MOST_BYTES), now);
            }
        }
    }
}
