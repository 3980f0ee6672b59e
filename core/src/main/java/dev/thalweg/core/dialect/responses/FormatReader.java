package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ResponseFormat;

/** Reads what a request says of the answer's text: its format, and how wordy it is to be. */
final class FormatReader {
    private FormatReader() {}

    static void read(JsonFields body, ChatRequest.Builder request) {
        JsonFields text = body.object("text");
        if (text == null) {
            return;
        }
        RawJson verbosity = text.raw("verbosity");
        if (verbosity != null) {
            RequestReader.add(request, "verbosity", verbosity);
        }
        JsonFields format = text.object("format");
        if (format == null) {
            return;
        }
        String type = format.required("type");
        switch (type) {
            case "text" -> {}
            case "json_object" -> request.responseFormat(ResponseFormat.JSON);
            case "json_schema" -> {
                RawJson schema = format.raw("schema");
                request.responseFormat(
                        ResponseFormat.schema(format.required("name"), schema == null ? new RawJson("{}") : schema)
                                .with(format.text("description"), format.bool("strict")));
            }
            default ->
                throw new RequestProblem(
                        "'text.format.type' must be text, json_object or json_schema, not '" + type + "'.",
                        "text.format.type",
                        "invalid_parameter_value");
        }
    }
}
