package dev.thalweg.clients;

import dev.thalweg.testkit.ScriptedUpstream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks a client's question of a scripted provider directly and through gateways before it. */
final class Comparison implements AutoCloseable {
    private final Client client;
    private final Recording.Wire wire;
    private final Driver driver;
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final Map<String, Relay> relays = new HashMap<>();
    private final Map<Excused, Integer> excused = new EnumMap<>(Excused.class);
    private int equal;
    private int raised;

    Comparison(Client client, Recording.Wire wire) {
        this.client = client;
        this.wire = wire;
        this.driver = client.driver();
    }

    /** Where what the client gives back differs with the gateway in between: nowhere, but for what is excused. */
    List<String> differences(Recording recording) {
        List<String> different = new ArrayList<>();
        for (String operation : operations(recording)) {
            ObjectNode request = request(recording);
            JsonNode direct = ask(operation, upstream.url() + client.path(), request, recording);
            String url = relays.computeIfAbsent(prefix(recording), this::relay).url() + client.path();
            JsonNode relayed = ask(operation, url, request, recording);
            Excused.Verdict verdict = Excused.compare(direct, relayed);
            verdict.rules().forEach(rule -> excused.merge(rule, 1, Integer::sum));
            verdict.differences().forEach(place -> different.add(recording + " " + operation + " " + place));
            if (verdict.differences().isEmpty()) {
                equal++;
                raised += direct.has("error") ? 1 : 0;
            }
        }
        return different;
    }

    private JsonNode ask(String operation, String url, JsonNode request, Recording recording) {
        upstream.enqueue(recording.script());
        return driver.call(Call.of(operation, url, request).unchecked());
    }

    private List<String> operations(Recording recording) {
        if (client.plain()) {
            return List.of(recording.streamed() ? "stream" : "complete");
        }
        boolean responses = wire == Recording.Wire.RESPONSES;
        if (!recording.streamed()) {
            return List.of(responses ? "respond" : "complete");
        }
        return responses ? List.of("respondStream", "respondAssemble") : List.of("stream", "assemble");
    }

    private ObjectNode request(Recording recording) {
        String question = client.plain() ? "\"text\":\"Hello\"" : question(recording);
        ObjectNode request = (ObjectNode) JsonMapper.shared().readTree("{" + question + "}");
        return request.put("model", recording.model());
    }

    private static String question(Recording recording) {
        return switch (recording.wire()) {
            case CHAT ->
                "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]"
                        + (recording.streamed() ? ",\"stream_options\":{\"include_usage\":true}" : "");
            case RESPONSES -> "\"input\":\"Hello\"";
            case MESSAGES -> "\"max_tokens\":4000,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
            default -> throw new IllegalArgumentException("no question of " + recording.wire());
        };
    }

    /** The provider's row in the gateway's table, where it has one. */
    private static String prefix(Recording recording) {
        return switch (recording.wire()) {
            case RESPONSES -> "openai/responses";
            case MESSAGES -> "anthropic";
            case GEMINI -> "gemini";
            case COHERE -> "cohere";
            case OLLAMA -> "ollama";
            case CHAT ->
                switch (recording.provider()) {
                    case "openai-chat" -> "openai";
                    case "groq", "mistral", "deepseek", "openrouter", "perplexity", "moonshot", "llamacpp" ->
                        recording.provider();
                    default -> "openai_like";
                };
        };
    }

    private Relay relay(String prefix) {
        return Relay.start(prefix + "/*", upstream.url());
    }

    /** What was compared. */
    String summary(int recordings) {
        return "Transparency of %s to %s: %d recordings, %d times equal (%d of them errors). Excused: %s"
                .formatted(wire, client.title(), recordings, equal, raised, excused);
    }

    @Override
    public void close() {
        relays.values().forEach(Relay::close);
        upstream.close();
    }
}
