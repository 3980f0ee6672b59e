package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a message or of a tool's result. */
final class ContentWriter {
    private static final String FAILED = "The tool failed: ";

    private final ByteBuilder json;
    private final Warnings warnings;

    ContentWriter(ByteBuilder json, Warnings warnings) {
        this.json = json;
        this.warnings = warnings;
    }

    /** Whether there is a word for the part; the caller is told where there is none. */
    boolean knows(Part part) {
        boolean known = switch (part) {
            case Part.Text text -> true;
            case Part.Refusal refusal -> true;
            case Part.Image image -> true;
            case Part.File file -> true;
            case Part.Sound sound -> sound.source().isData();
            case Part.Native content -> content.dialect().equals(Names.CONTENT);
            default -> false;
        };
        if (!known) {
            warnings.add("A part of a message was left out: the Responses API has no counterpart for it");
        }
        return known;
    }

    /** A part that is known. */
    void part(Part part, boolean assistant) {
        switch (part) {
            case Part.Text text ->
                json.ascii(assistant ? "{\"type\":\"output_text\",\"text\":" : "{\"type\":\"input_text\",\"text\":")
                        .string(text.text())
                        .ascii("}");
            case Part.Refusal refusal -> {
                json.ascii(assistant ? "{\"type\":\"refusal\",\"refusal\":" : "{\"type\":\"input_text\",\"text\":")
                        .string(refusal.text())
                        .ascii("}");
            }
            case Part.Image image -> image(image);
            case Part.File file -> file(file);
            case Part.Sound sound ->
                json.ascii("{\"type\":\"input_audio\",\"input_audio\":{\"data\":")
                        .string(sound.source().base64())
                        .ascii(",\"format\":")
                        .string(sound.format())
                        .ascii("}}");
            case Part.Native content -> json.append(Bytes.utf8(content.json().text()));
            default -> throw new IllegalArgumentException("No word for " + part);
        }
    }

    /** A result: a string where it is text alone. That a tool failed can only be said in words. */
    void output(Part.ToolResult result) {
        List<Part> parts = result.content().stream().filter(this::knows).toList();
        if (parts.stream().allMatch(Part.Text.class::isInstance)) {
            json.string((result.error() ? FAILED : "") + result.text());
            return;
        }
        json.ascii("[");
        String comma = "";
        if (result.error()) {
            part(new Part.Text(FAILED), false);
            comma = ",";
        }
        for (Part part : parts) {
            json.ascii(comma);
            part(part, false);
            comma = ",";
        }
        json.ascii("]");
    }

    private void image(Part.Image image) {
        json.ascii("{\"type\":\"input_image\"");
        member("image_url", image.source().url());
        member("file_id", image.source().fileId());
        member("detail", image.detail());
        json.ascii("}");
    }

    private void file(Part.File file) {
        json.ascii("{\"type\":\"input_file\"");
        member(file.source().isData() ? "file_data" : "file_url", file.source().url());
        member("file_id", file.source().fileId());
        // Bytes without a name are refused.
        member("filename", file.name() == null && file.source().isData() ? "document.pdf" : file.name());
        json.ascii("}");
    }

    private void member(String name, @Nullable String value) {
        if (value != null) {
            json.ascii(",").string(name).ascii(":").string(value);
        }
    }
}
