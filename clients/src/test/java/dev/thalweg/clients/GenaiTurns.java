package dev.thalweg.clients;

import com.google.genai.types.Candidate;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.Part;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A conversation with Google's client for Java, and what its answers say. */
final class GenaiTurns {
    private static final String TOOLS = """
            [{"functionDeclarations":[\
            {"name":"get_weather","description":"The weather in a city","parametersJsonSchema":%s},\
            {"name":"get_time","description":"The time","parametersJsonSchema":{"type":"object","properties":{}}}]}]""".formatted(FrameworkAsk.CITY);

    private final JsonNode request;
    private final List<Content> contents = new ArrayList<>();

    GenaiTurns(Call call) {
        this.request = call.request();
        List<Part> parts = new ArrayList<>();
        parts.add(Part.fromText(request.path("text").asString()));
        if (request.has("image")) {
            parts.add(Part.fromBytes(
                    Base64.getDecoder().decode(request.path("image").asString()), "image/png"));
        }
        contents.add(Content.builder().role("user").parts(parts).build());
    }

    String model() {
        return request.path("model").asString();
    }

    List<Content> contents() {
        return List.copyOf(contents);
    }

    GenerateContentConfig config() {
        ObjectNode config = JsonMapper.shared().createObjectNode();
        if (request.has("tools") || request.has("run")) {
            config.set("tools", JsonMapper.shared().readTree(TOOLS));
        }
        if (request.has("think")) {
            config.putObject("thinkingConfig").put("includeThoughts", true);
        }
        if (request.has("maxTokens")) {
            config.put("maxOutputTokens", request.path("maxTokens").asInt());
        }
        if (request.has("schema")) {
            config.put("responseMimeType", "application/json")
                    .set("responseJsonSchema", JsonMapper.shared().readTree(FrameworkAsk.CITY));
        }
        return GenerateContentConfig.fromJson(config.toString());
    }

    /** Goes on with this answer and the results of its calls. */
    void goOn(List<GenerateContentResponse> answer) {
        contents.add(
                Content.builder().role("model").parts(parts(answer).toList()).build());
        List<Part> results = parts(answer)
                .flatMap(part -> part.functionCall().stream())
                .map(GenaiTurns::result)
                .toList();
        contents.add(Content.builder().role("user").parts(results).build());
    }

    private static Part result(FunctionCall call) {
        String name = call.name().orElseThrow();
        FunctionResponse.Builder response =
                FunctionResponse.builder().name(name).response(Map.of("output", name + ": rain"));
        call.id().ifPresent(response::id);
        return Part.builder().functionResponse(response.build()).build();
    }

    private static Stream<Part> parts(List<GenerateContentResponse> answer) {
        return candidates(answer)
                .flatMap(candidate -> candidate.content().stream())
                .flatMap(content -> content.parts().stream())
                .flatMap(List::stream);
    }

    private static Stream<Candidate> candidates(List<GenerateContentResponse> answer) {
        return answer.stream().flatMap(chunk -> chunk.candidates().stream()).flatMap(List::stream);
    }

    /** The words of the answer, or of the thoughts. */
    static String text(List<GenerateContentResponse> answer, boolean thoughts) {
        StringBuilder text = new StringBuilder();
        parts(answer)
                .filter(part -> part.thought().orElse(false) == thoughts)
                .forEach(part -> text.append(part.text().orElse("")));
        return text.toString();
    }

    /** An answer in the words of {@link Told}. */
    static ObjectNode told(List<GenerateContentResponse> answer) {
        ObjectNode told = JsonMapper.shared().createObjectNode();
        told.put("text", text(answer, false)).put("reasoning", text(answer, true));
        ArrayNode calls = told.putArray("calls");
        parts(answer).flatMap(part -> part.functionCall().stream()).forEach(call -> {
            ObjectNode one = calls.addObject().put("name", call.name().orElse(""));
            call.id().ifPresent(id -> one.put("id", id));
            one.put(
                    "arguments",
                    JsonMapper.shared().writeValueAsString(call.args().orElse(Map.of())));
        });
        candidates(answer)
                .flatMap(candidate -> candidate.finishReason().stream())
                .forEach(reason -> told.put("finish", reason.toString()));
        answer.getLast()
                .usageMetadata()
                .ifPresent(usage -> told.put("input", usage.promptTokenCount().orElse(0))
                        .put(
                                "output",
                                usage.candidatesTokenCount().orElse(0)
                                        + usage.thoughtsTokenCount().orElse(0)));
        return told;
    }
}
