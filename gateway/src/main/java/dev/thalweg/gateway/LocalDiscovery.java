package dev.thalweg.gateway;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.thalweg.config.LocalServer;
import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the servers of models that usually run on a machine for their lists, all at once. No key is sent: something else may
 * listen on the port. What does not answer as such a server is not there.
 */
final class LocalDiscovery {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long MOST_BYTES = 4L << 20;
    private static final int MOST_MODELS = 1_000;

    /** Where servers usually are. Of several at one place the first counts whose mark fits. */
    private static final List<Place> USUAL = List.of(
            Place.of("ollama", "http://localhost:11434", null),
            Place.of("lm_studio", "http://localhost:1234/v1", null),
            // A gateway's port as well: what does not say that it is vLLM may be one.
            Place.of("hosted_vllm", "http://localhost:8000/v1", "vllm"),
            Place.of("llamacpp", "http://localhost:8080/v1", "llamacpp"),
            Place.of("localai", "http://localhost:8080/v1", null),
            Place.of("jan", "http://localhost:1337/v1", null),
            Place.of("docker_model_runner", "http://localhost:12434/engines/v1", null),
            Place.of("sglang", "http://localhost:30000/v1", null),
            Place.of("xinference", "http://localhost:9997/v1", null));

    /**
     * Where a server may be.
     *
     * @param provider its row in the table
     * @param mark who it says its models are owned by; null: anybody
     */
    record Place(
            Provider provider, String baseUrl, @Nullable String mark) {
        static Place of(String provider, String baseUrl, @Nullable String mark) {
            return new Place(Providers.find(provider).orElseThrow(), baseUrl, mark);
        }

        String list() {
            return baseUrl + (provider.models() == null ? "/models" : provider.models());
        }
    }

    /** What a list says: names, and who the first one belongs to. */
    private record Listed(List<String> names, String owner) {}

    private final List<Place> places;

    LocalDiscovery(List<Place> places) {
        this.places = List.copyOf(places);
    }

    /**
     * The usual places, and those that the environment says instead ({@code OLLAMA_API_BASE}).
     *
     * @param ownPort where this gateway is going to listen, and so is not asked
     */
    static LocalDiscovery usual(Map<String, String> environment, int ownPort) {
        List<Place> places = new ArrayList<>();
        for (Place place : USUAL) {
            String said = place.provider().baseUrlVariables().stream()
                    .map(name -> environment.getOrDefault(name, "").strip().replaceFirst("/+$", ""))
                    .filter(url -> !url.isEmpty())
                    .findFirst()
                    .orElse(null);
            if (said != null) {
                places.add(new Place(place.provider(), withPath(said, place.baseUrl()), null));
            } else if (URI.create(place.baseUrl()).getPort() != ownPort) {
                places.add(place);
            }
        }
        return new LocalDiscovery(places);
    }

    /** Where lists are asked for. */
    List<String> urls() {
        return places.stream().map(Place::list).distinct().toList();
    }

    /** As everywhere: the usual path is added where there is none. */
    private static String withPath(String said, String usual) {
        int slash = usual.indexOf('/', usual.indexOf("//") + 2);
        return said.indexOf('/', said.indexOf("//") + 2) >= 0 || slash < 0 ? said : said + usual.substring(slash);
    }

    /** Those that answer, in the order of the places. Blocks for as long as the slowest one, within its patience. */
    List<LocalServer> find() throws InterruptedException {
        List<String> lists = urls();
        Map<String, Listed> answers = new HashMap<>();
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // The client's own clock ends with the head: a body that does not come is given up here.
            List<Future<Optional<Listed>>> asked = threads.invokeAll(
                    lists.stream().map(url -> asking(client, url)).toList(), PATIENCE.toMillis(), MILLISECONDS);
            for (int i = 0; i < lists.size(); i++) {
                if (asked.get(i).state() == Future.State.SUCCESS) {
                    String url = lists.get(i);
                    asked.get(i).resultNow().ifPresent(listed -> answers.put(url, listed));
                }
            }
        } finally {
            client.shutdownNow();
        }
        Map<String, LocalServer> found = new LinkedHashMap<>();
        for (Place place : places) {
            Listed listed = answers.get(place.list());
            if (listed != null && (place.mark() == null || place.mark().equals(listed.owner()))) {
                found.putIfAbsent(place.list(), new LocalServer(place.provider(), place.baseUrl(), listed.names()));
            }
        }
        return List.copyOf(found.values());
    }

    private static Callable<Optional<Listed>> asking(HttpClient client, String url) {
        return () -> Optional.ofNullable(ask(client, url));
    }

    private static @Nullable Listed ask(HttpClient client, String url) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            HttpResponse<String> response =
                    client.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
            return response.statusCode() == 200 ? read(JsonMapper.shared().readTree(response.body())) : null;
        } catch (IOException | JacksonException | IllegalArgumentException nobody) {
            return null;
        }
    }

    /** A list as OpenAI writes it, or as Ollama does; null: neither. */
    private static @Nullable Listed read(JsonNode body) {
        JsonNode entries = body.path("data").isArray() ? body.path("data") : body.path("models");
        // Ollama writes null for a list without entries.
        boolean none =
                body.path("data").isNull() && body.path("object").asString("").equals("list");
        if (!entries.isArray() && !none) {
            return null;
        }
        List<String> names = entries.valueStream()
                .map(entry -> entry.path("id").asString(entry.path("name").asString("")))
                .filter(LocalDiscovery::isName)
                .distinct()
                .limit(MOST_MODELS)
                .toList();
        return new Listed(names, entries.path(0).path("owned_by").asString(""));
    }

    private static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= 200
                && name.indexOf('*') < 0
                && name.chars().noneMatch(Character::isISOControl);
    }
}
