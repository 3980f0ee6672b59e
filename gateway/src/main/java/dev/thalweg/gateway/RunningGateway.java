package dev.thalweg.gateway;

import dev.thalweg.gateway.server.RouteQuery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A gateway that runs somewhere, asked over HTTP.
 *
 * @param base its address, with the path its API is below
 * @param key what is shown to it; empty: nothing
 */
record RunningGateway(URI base, String key) {
    private static final String LOCAL = "http://127.0.0.1:8000";
    private static final String URL_VARIABLE = "THALWEG_BASE_URL";
    private static final String KEY_VARIABLE = "THALWEG_API_KEY";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** An answer; its body is missing where it is no JSON. */
    private record Reply(int status, String text, JsonNode body) {}

    /**
     * The one named here, else in the environment, else the one on this machine.
     *
     * @param keyVariable names the variable with its key; null: the usual one
     */
    static RunningGateway find(@Nullable String url, @Nullable String keyVariable, Map<String, String> environment)
            throws RouteProblem {
        String named = environment.getOrDefault(URL_VARIABLE, "").strip();
        String asked = url != null ? url.strip() : !named.isEmpty() ? named : LOCAL;
        // The usual key is for the gateway that the environment names, and for no other one.
        boolean usual = named.isEmpty() || named.equals(asked);
        String key = key(keyVariable, usual, environment);
        RunningGateway gateway = new RunningGateway(apiBase(asked), key);
        if (url == null && named.isEmpty() && !key.isEmpty() && !gateway.answersAsOne()) {
            throw gateway.silent();
        }
        return gateway;
    }

    private static String key(@Nullable String variable, boolean usual, Map<String, String> environment)
            throws RouteProblem {
        String name = variable != null ? variable : KEY_VARIABLE;
        String key =
                variable != null || usual ? environment.getOrDefault(name, "").strip() : "";
        if (variable != null && key.isEmpty()) {
            throw new RouteProblem("--api-key-env " + variable + ": this variable is not set or empty.");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new RouteProblem("The key in " + name + " has a blank, a line break or another character that no key"
                    + " has: set it again.");
        }
        return key;
    }

    /** {@code /v1} is added only where there is no path. */
    private static URI apiBase(String url) throws RouteProblem {
        String bare = url.replaceFirst("/+$", "");
        try {
            URI uri = URI.create(bare);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return uri.getRawPath().isEmpty() ? URI.create(bare + "/v1") : uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new RouteProblem("The gateway's address is not a URL: write http://HOST:PORT or https://HOST.");
    }

    /** What it says of this request. */
    String explain(RouteQuery query) throws RouteProblem {
        Reply reply = get(URI.create(base + "/route?" + query.text()), key);
        String message = reply.body().at("/error/message").asString("");
        boolean ours = !reply.body().at("/error/request_id").isMissingNode();
        if (reply.status() == 200 && reply.body().path("object").asString("").equals("route")) {
            return reply.text();
        }
        if (reply.status() == 401) {
            throw new RouteProblem(shown() + " wants a key" + (key.isEmpty() ? "" : " and refuses the one it was given")
                    + ": set " + KEY_VARIABLE + ", or name the variable that holds it with --api-key-env NAME.");
        }
        boolean unknownPath = reply.body().at("/error/code").asString("").equals("unknown_url");
        throw new RouteProblem(
                ours && !message.isEmpty() && !unknownPath
                        ? shown() + " says: " + RouteText.plain(message)
                        : shown() + " does not say where requests go (status " + reply.status()
                                + "): it is no Thalweg gateway, or an older one.");
    }

    /** Whether this is a gateway at all. No key is sent: something else may listen on the port. */
    private boolean answersAsOne() throws RouteProblem {
        Reply health = get(base.resolve("/health/ready"), "");
        return health.body().has("status") && health.body().has("models");
    }

    private Reply get(URI uri, String shownKey) throws RouteProblem {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(PATIENCE).version(HttpClient.Version.HTTP_1_1);
        if (!shownKey.isEmpty()) {
            request.header("Authorization", "Bearer " + shownKey);
        }
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), tree(response.body()));
        } catch (IOException e) {
            throw silent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent();
        }
    }

    private static JsonNode tree(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private RouteProblem silent() {
        return new RouteProblem(
                "No gateway answers at " + shown() + ". Start one with ./thalweg serve, name another one"
                        + " with --url URL, or have a file explained with --config FILE.");
    }

    /** The address without what may be a password. */
    private String shown() {
        return base.getScheme() + "://" + base.getHost() + (base.getPort() < 0 ? "" : ":" + base.getPort());
    }
}
