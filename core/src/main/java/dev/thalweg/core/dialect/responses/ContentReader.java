package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a message or a tool's result consists of: a string, or a list of parts. */
final class ContentReader {
    private ContentReader() {}

    /**
     * The parts of a member; none where it is absent.
     *
     * @param phase the message's; null: none
     */
    static List<Part> parts(JsonFields item, String name, @Nullable RawJson phase) {
        Map<String, RawJson> extra = phase == null ? Map.of() : Map.of(Names.PHASE, phase);
        JsonValue content = item.get(name);
        if (content == null) {
            return List.of();
        }
        String path = item.path(name);
        if (JsonFields.kind(content) == '"') {
            return List.of(new Part.Text(JsonFields.text(content, path), extra));
        }
        JsonFields.expect(JsonFields.kind(content) == '[', path, "a string or an array");
        List<JsonValue> elements = JsonFields.list(content, path);
        List<Part> parts = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            parts.add(part(JsonFields.of(elements.get(i), path + "[" + i + "]"), extra));
        }
        return parts;
    }

    private static Part part(JsonFields part, Map<String, RawJson> extra) {
        return switch (part.required("type")) {
            case "input_text", "output_text", "text", "summary_text" -> new Part.Text(part.required("text"), extra);
            case "refusal" -> new Part.Refusal(part.required("refusal"));
            case "input_image" ->
                new Part.Image(source(part, part.text("image_url"), "image_url"), part.text("detail"), Map.of());
            case "input_file" -> file(part);
            case "input_audio" -> audio(part);
            default -> new Part.Native(Names.CONTENT, part.raw());
        };
    }

    private static Part file(JsonFields part) {
        String data = part.text("file_data");
        String url = data == null ? part.text("file_url") : dataUrl(data);
        return new Part.File(source(part, url, "file_data"), part.text("filename"), Map.of());
    }

    /** Both a data URL and its Base64 alone are understood at OpenAI. */
    private static String dataUrl(String data) {
        return data.startsWith("data:") ? data : "data:application/pdf;base64," + data;
    }

    private static Part audio(JsonFields part) {
        JsonFields audio = part.object("input_audio");
        if (audio == null) {
            throw missing(part, "input_audio");
        }
        String format = audio.text("format", "wav");
        String type = format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
        return new Part.Sound(Part.Source.base64(type, audio.required("data")), format, Map.of());
    }

    private static Part.Source source(JsonFields part, @Nullable String url, String name) {
        String fileId = part.text("file_id");
        if (url != null) {
            return Part.Source.url(url);
        }
        if (fileId == null) {
            throw missing(part, name);
        }
        return Part.Source.file(fileId);
    }

    private static RequestProblem missing(JsonFields part, String name) {
        return new RequestProblem(
                "Missing required field '" + part.path(name) + "'.", part.path(name), "missing_parameter");
    }
}
