package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what was said and shown as blocks of this protocol: text and images; a file that is a text becomes one. */
final class PartWriter {
    private final Warnings warnings;

    PartWriter(Warnings warnings) {
        this.warnings = warnings;
    }

    /** The blocks for these parts of a message. */
    List<ByteBuilder> blocks(List<Part> parts, String role) {
        List<ByteBuilder> blocks = new ArrayList<>(parts.size());
        for (Part part : parts) {
            ByteBuilder block = block(part, role);
            if (block != null) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    /** The words of a part; null where it has none. */
    @Nullable
    String text(Part part) {
        part.extra().keySet().forEach(name -> warnings.dropped("content[]." + name, CohereDialect.NAME));
        return switch (part) {
            case Part.Text text -> text.text();
            case Part.Refusal refusal -> refusal.text();
            case Part.File file -> text(file);
            default -> null;
        };
    }

    private @Nullable ByteBuilder block(Part part, String role) {
        String text = text(part);
        if (text != null) {
            return new ByteBuilder(text.length() + 32)
                    .ascii("{\"type\":\"text\",\"text\":")
                    .string(text)
                    .ascii("}");
        }
        if (part instanceof Part.Image image
                && role.equals("user")
                && image.source().url() != null) {
            return image(image, String.valueOf(image.source().url()));
        }
        if (part instanceof Part.Native block && block.dialect().equals(CohereDialect.NAME)) {
            return new ByteBuilder(64).append(Bytes.utf8(block.json().text()));
        }
        warnings.add(kind(part) + " was left out of a message: cohere has no place for it");
        return null;
    }

    private static ByteBuilder image(Part.Image image, String url) {
        ByteBuilder json = new ByteBuilder(url.length() + 64);
        json.ascii("{\"type\":\"image_url\",\"image_url\":{\"url\":").string(url);
        String detail = image.detail();
        if (detail != null) {
            json.ascii(",\"detail\":").string(detail);
        }
        return json.ascii("}}");
    }

    private @Nullable String text(Part.File file) {
        Part.Source source = file.source();
        if (!source.isData() || !source.mediaType().startsWith("text/")) {
            return null;
        }
        try {
            String text = new String(Base64.getDecoder().decode(source.base64()), StandardCharsets.UTF_8);
            return file.name() == null ? text : file.name() + ":\n" + text;
        } catch (IllegalArgumentException e) {
            warnings.add("a file's data is not Base64");
            return null;
        }
    }

    private static String kind(Part part) {
        return switch (part) {
            case Part.Image image -> "an image";
            case Part.File file -> "a file";
            case Part.Sound sound -> "sound";
            case Part.Native block -> "a part that only " + block.dialect() + " has";
            default -> "a part of a kind that is not known";
        };
    }
}
