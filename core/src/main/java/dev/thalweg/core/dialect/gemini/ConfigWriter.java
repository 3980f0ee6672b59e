package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ResponseFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Writes the {@code generationConfig}. */
final class ConfigWriter {
    private static final int MOST_STOPS = 5;

    private final ByteBuilder json;
    private final ChatRequest request;
    private final ModelTraits model;
    private final Warnings warnings;

    /** Its members, as JSON; later ones of a name replace earlier ones. */
    private final Map<String, String> members = new LinkedHashMap<>();

    ConfigWriter(ByteBuilder json, ChatRequest request, ModelTraits model, Warnings warnings) {
        this.json = json;
        this.request = request;
        this.model = model;
        this.warnings = warnings;
    }

    /**
     * Appends the member; nothing where there is nothing to say.
     *
     * @param said members that the request brings itself
     * @param modalities in OpenAI's spelling
     */
    void write(@Nullable RawJson said, @Nullable RawJson modalities) {
        settings();
        format();
        member("thinkingConfig", Thinking.of(request.reasoning().orElse(null), model, warnings));
        if (modalities != null) {
            member("responseModalities", modalities.text().toUpperCase(Locale.ROOT));
        }
        if (said != null) {
            own(said);
        }
        String before = ",\"generationConfig\":{";
        for (Map.Entry<String, String> member : members.entrySet()) {
            PartJson.line(json.ascii(before).string(member.getKey()).ascii(":"), member.getValue());
            before = ",";
        }
        json.ascii(members.isEmpty() ? "" : "}");
    }

    private void own(RawJson said) {
        try {
            Nodes.read(said.text()).forEachEntry((name, value) -> members.put(Fields.camel(name), Nodes.text(value)));
        } catch (JsonSyntaxException e) {
            warnings.add("'generationConfig' was left out: it is not an object");
        }
    }

    private void settings() {
        number("temperature", request.temperature());
        number("topP", request.topP());
        count("topK", request.topK());
        count("maxOutputTokens", request.maxOutputTokens());
        if (request.choices().orElse(1) > 1) {
            count("candidateCount", request.choices());
        }
        stop();
        request.seed().ifPresent(seed -> member("seed", Integer.toString(seed(seed))));
        number("presencePenalty", request.presencePenalty());
        number("frequencyPenalty", request.frequencyPenalty());
        if (request.logprobs().isPresent()) {
            member("responseLogprobs", "true");
            int alternatives = request.logprobs().getAsInt();
            member("logprobs", alternatives > 0 ? Integer.toString(alternatives) : "");
        }
    }

    /** Seeds are shorter here: equal ones stay equal. */
    private static int seed(long seed) {
        return seed == (int) seed ? (int) seed : Math.floorMod(seed, Integer.MAX_VALUE);
    }

    private void stop() {
        List<String> all = request.stop();
        if (all.size() > MOST_STOPS) {
            warnings.add("all but the first " + MOST_STOPS + " of 'stop' were left out: gemini takes no more");
        }
        ByteBuilder list = new ByteBuilder(64);
        String before = "[";
        for (String text : all.subList(0, Math.min(MOST_STOPS, all.size()))) {
            list.ascii(before).string(text);
            before = ",";
        }
        member("stopSequences", all.isEmpty() ? "" : list.ascii("]").toString());
    }

    private void format() {
        ResponseFormat format = request.responseFormat().orElse(null);
        if (format != null) {
            member("responseMimeType", "\"application/json\"");
            member("responseJsonSchema", format.schema().map(RawJson::text).orElse(""));
        }
    }

    private void number(String name, OptionalDouble value) {
        if (value.isPresent()) {
            member(name, Double.toString(value.getAsDouble()));
        }
    }

    private void count(String name, OptionalInt value) {
        if (value.isPresent()) {
            member(name, Integer.toString(value.getAsInt()));
        }
    }

    private void member(String name, String value) {
        if (!value.isEmpty()) {
            members.put(name, value);
        }
    }
}
