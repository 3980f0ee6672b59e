package dev.thalweg.clients;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a framework in this JVM is asked: the request of a {@link Call}, read.
 *
 * @param image a PNG in base64, or empty
 * @param tools whether the model may call {@code weather} and {@code now}
 * @param schema whether the answer is to be {@link #CITY}
 * @param maxTokens 0: not said
 * @param back calls that the model made, with their results
 */
record FrameworkAsk(
        String model, String text, String image, boolean tools, boolean schema, int maxTokens, List<Back> back) {
    /** The schema of an answer, and of what {@code weather} is told. */
    static final String CITY = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},"
            + "\"required\":[\"city\"],\"additionalProperties\":false}";

    static final String NOTHING =
            "{\"type\":\"object\",\"properties\":{},\"required\":[],\"additionalProperties\":false}";

    /** A call and what came of it. */
    record Back(String id, String name, String arguments, String result) {}

    static FrameworkAsk of(JsonNode request) {
        List<Back> back = request.path("back").values().stream()
                .map(call -> new Back(
                        call.path("id").asString(),
                        call.path("name").asString(),
                        call.path("arguments").asString(),
                        call.path("result").asString()))
                .toList();
        return new FrameworkAsk(
                request.path("model").asString(),
                request.path("text").asString(),
                request.path("image").asString(""),
                request.path("tools").asBoolean(false),
                request.path("schema").asBoolean(false),
                request.path("maxTokens").asInt(0),
                back);
    }
}
