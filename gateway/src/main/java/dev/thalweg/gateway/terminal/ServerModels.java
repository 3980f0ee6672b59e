package dev.thalweg.gateway.terminal;

import dev.thalweg.model.RawJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks an OpenAI-compatible server what models it has. */
final class ServerModels {
    private ServerModels() {}

    /**
     * What a server said.
     *
     * @param status the HTTP status; 0 where nothing answered
     * @param names the models, in the server's order
     */
    record Listed(int status, List<String> names) {
        boolean answered() {
            return status != 0;
        }

        boolean wantsKey() {
            return status == 401 || status == 403;
        }

        /** Whether it lists the model, or a pattern that the model fits. */
        boolean serves(String model) {
            return names.stream().anyMatch(name -> {
                int star = name.indexOf('*');
                return star < 0
                        ? name.equals(model)
                        : model.length() >= name.length() - 1
                                && model.startsWith(name.substring(0, star))
                                && model.endsWith(name.substring(star + 1));
            });
        }
    }

    /** The model list below a base URL; an empty key is not sent. */
    static Listed at(String baseUrl, String key) {
        try {
            return get(apiBase(baseUrl) + "/models", key, Duration.ofSeconds(5));
        } catch (IllegalArgumentException e) {
            return new Listed(0, List.of()); // not a URL, or not a key: asking it will say which
        }
    }

    /** Whether a Thalweg gateway runs here. No key is sent: something else may listen on the port. */
    static boolean isGateway(String origin) {
        @Nullable Map<?, ?> health = json(send(origin + "/health/ready", "", Duration.ofSeconds(1)));
        return health != null && health.containsKey("status") && health.containsKey("models");
    }

    private static Listed get(String url, String key, Duration patience) {
        @Nullable HttpResponse<String> response = send(url, key, patience);
        @Nullable Map<?, ?> body = json(response);
        List<String> names = List.of();
        if (body != null && body.get("data") instanceof List<?> data) {
            names = data.stream()
                    .map(entry -> entry instanceof Map<?, ?> model ? model.get("id") : null)
                    .filter(Objects::nonNull)
                    .map(String::valueOf)
                    .toList();
        }
        return new Listed(response == null ? 0 : response.statusCode(), names);
    }

    private static @Nullable HttpResponse<String> send(String url, String key, Duration patience) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).timeout(patience).version(HttpClient.Version.HTTP_1_1);
        if (!key.isBlank()) {
            request.header("Authorization", "Bearer " + key.strip());
        }
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(patience).build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static @Nullable Map<?, ?> json(@Nullable HttpResponse<String> response) {
        if (response == null || response.statusCode() != 200) {
            return null;
        }
        try {
            return new RawJson(response.body()).as(Map.class);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** As the SDK reads base URLs: {@code /v1} is added only where there is no path. */
    private static String apiBase(String baseUrl) {
        String url = baseUrl.strip();
        while (url.endsWith("/")) {
            url = url.substring(0, url.length() - 1);
        }
        @Nullable String path = URI.create(url).getRawPath();
        return path == null || path.isEmpty() ? url + "/v1" : url;
    }
}
