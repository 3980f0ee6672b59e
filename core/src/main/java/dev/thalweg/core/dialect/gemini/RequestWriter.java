package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a request for an upstream. What is said under "extra" replaces what would be written. */
final class RequestWriter {
    private static final String CONFIG = "generationConfig";

    private final ChatRequest request;
    private final ModelTraits model;
    private final Warnings warnings;
    private final Map<String, RawJson> extra = new LinkedHashMap<>(0);
    private final ByteBuilder json = new ByteBuilder(1024);

    RequestWriter(ChatRequest request, String model, Warnings warnings) {
        this.request = request;
        this.model = new ModelTraits(model);
        this.warnings = warnings;
        request.extra().forEach((name, value) -> {
            if (!value.text().equals("null")) {
                extra.put(Fields.camel(name), value);
            }
        });
    }

    byte[] write() {
        RawJson config = extra.remove(CONFIG);
        RawJson modalities = extra.remove("modalities");
        boolean search = extra.remove("webSearchOptions") != null;
        json.ascii("{");
        ContentWriter contents = new ContentWriter(json, model, warnings);
        contents.write(request.messages());
        if (!extra.containsKey("systemInstruction")) {
            contents.system(request.messages());
        }
        new ToolWriter(json, model, warnings).write(request, extra.keySet(), search);
        new ConfigWriter(json, request, model, warnings).write(config, modalities);
        extra.forEach(
                (name, value) -> PartJson.line(json.ascii(",").string(name).ascii(":"), value.text()));
        request.endUser().ifPresent(user -> warnings.dropped("user", GeminiDialect.NAME));
        if (!request.parallelToolCalls().orElse(true)) {
            warnings.dropped("parallel_tool_calls", GeminiDialect.NAME);
        }
        return json.ascii("}").toBytes();
    }
}
