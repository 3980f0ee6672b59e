package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the content of a caller's message: a string, or a list of parts. Not thread-safe. */
final class ContentReader {
    private final BodyValues values;
    private final JsonCursor cursor;

    // What is known of the part at hand.
    private @Nullable String type;
    private @Nullable String text;
    private @Nullable String refusal;
    private @Nullable String url;
    private @Nullable String fileId;
    private @Nullable String detail;
    private @Nullable String data;
    private @Nullable String format;
    private @Nullable String name;
    private @Nullable Map<String, RawJson> extra;

    ContentReader(BodyValues values) {
        this.values = values;
        this.cursor = values.cursor();
    }

    /** The parts of the content ahead; null for a null. */
    @Nullable
    List<Part> read(String where) {
        if (values.skipsNull()) {
            return null;
        }
        if (cursor.peek() == '"') {
            return List.of(new Part.Text(values.text(where, "content")));
        }
        if (cursor.peek() != '[') {
            throw BodyValues.wrongType(where, "content", "a string or an array of parts");
        }
        List<Part> parts = new ArrayList<>();
        cursor.enterArray();
        while (cursor.nextElement()) {
            String at = where + ".content[" + parts.size() + "]";
            parts.add(cursor.peek() == '"' ? new Part.Text(values.text(at, "")) : part(at));
        }
        return parts;
    }

    private Part part(String at) {
        int unused = cursor.peek();
        int start = cursor.position();
        clear();
        if (!values.entersObject(at, "")) {
            throw BodyValues.wrongType(at, "", "an object");
        }
        while (cursor.nextMember()) {
            member(at);
        }
        String kind = type != null ? type : text != null ? "text" : "";
        return switch (kind) {
            case "" -> throw BodyValues.missing(at, "type");
            case "text" -> new Part.Text(need(text, at, "text"), BodyValues.orNone(extra));
            case "refusal" -> new Part.Refusal(need(refusal, at, "refusal"));
            case "image_url" -> new Part.Image(source(at, "image_url"), detail, BodyValues.orNone(extra));
            case "input_audio" -> sound(at);
            case "file" -> new Part.File(source(at, "file"), name, BodyValues.orNone(extra));
            default -> new Part.Native(OpenAiDialect.NAME, values.since(start));
        };
    }

    private void member(String at) {
        if (cursor.keyIs("type")) {
            type = values.text(at, "type");
        } else if (cursor.keyIs("text")) {
            text = values.textOrNull(at, "text");
        } else if (cursor.keyIs("refusal")) {
            refusal = values.textOrNull(at, "refusal");
        } else if (cursor.keyIs("image_url")) {
            image(at);
        } else if (cursor.keyIs("input_audio")) {
            audio(at + ".input_audio");
        } else if (cursor.keyIs("file")) {
            file(at + ".file");
        } else {
            extra = values.keep(extra);
        }
    }

    /** OpenAI's object; or the URL alone, as some clients say it. */
    private void image(String at) {
        if (cursor.peek() == '"') {
            url = values.text(at, "image_url");
            return;
        }
        if (!values.entersObject(at, "image_url")) {
            return;
        }
        String inside = at + ".image_url";
        while (cursor.nextMember()) {
            if (cursor.keyIs("url")) {
                url = values.textOrNull(inside, "url");
            } else if (cursor.keyIs("detail")) {
                detail = values.textOrNull(inside, "detail");
            } else {
                cursor.skip();
            }
        }
    }

    private void audio(String at) {
        if (!values.entersObject(at, "")) {
            return;
        }
        while (cursor.nextMember()) {
            if (cursor.keyIs("data")) {
                data = values.textOrNull(at, "data");
            } else if (cursor.keyIs("format")) {
                format = values.textOrNull(at, "format");
            } else {
                cursor.skip();
            }
        }
    }

    private void file(String at) {
        if (!values.entersObject(at, "")) {
            return;
        }
        while (cursor.nextMember()) {
            if (cursor.keyIs("file_data")) {
                url = fileUrl(values.textOrNull(at, "file_data"));
            } else if (cursor.keyIs("file_id")) {
                fileId = values.textOrNull(at, "file_id");
            } else if (cursor.keyIs("filename")) {
                name = values.textOrNull(at, "filename");
            } else {
                cursor.skip();
            }
        }
    }

    /** Bytes without a media type are taken for a PDF: it is the only kind of file that OpenAI's chat documents. */
    private static @Nullable String fileUrl(@Nullable String said) {
        boolean isUrl = said == null || said.startsWith("data:") || said.startsWith("http");
        return isUrl ? said : "data:application/pdf;base64," + said;
    }

    private Part sound(String at) {
        String bytes = need(data, at, "input_audio.data");
        String kind = format == null ? "wav" : format;
        String media = kind.equals("mp3") ? "audio/mpeg" : "audio/" + kind;
        Part.Source source = bytes.startsWith("data:") ? Part.Source.url(bytes) : Part.Source.base64(media, bytes);
        return new Part.Sound(source, kind, BodyValues.orNone(extra));
    }

    private Part.Source source(String at, String field) {
        if (url == null && fileId == null) {
            throw BodyValues.missing(at, field.equals("file") ? "file.file_data" : field + ".url");
        }
        return url != null ? Part.Source.url(url) : new Part.Source(null, fileId);
    }

    private static String need(@Nullable String value, String at, String field) {
        if (value == null) {
            throw BodyValues.missing(at, field);
        }
        return value;
    }

    private void clear() {
        type = null;
        text = null;
        refusal = null;
        url = null;
        fileId = null;
        detail = null;
        data = null;
        format = null;
        name = null;
        extra = null;
    }
}
