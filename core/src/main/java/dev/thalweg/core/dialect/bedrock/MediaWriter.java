package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes images, documents and sound: from their bytes, or from a place in S3. Bedrock fetches nothing else. */
final class MediaWriter {
    private static final String S3 = "s3://";

    private final ByteBuilder json;
    private final Warnings warnings;
    private int documents;

    MediaWriter(ByteBuilder json, Warnings warnings) {
        this.json = json;
        this.warnings = warnings;
    }

    boolean image(Part.Image image, String before) {
        Part.Source source = image.source();
        String format = source.isData() ? Formats.image(source.mediaType()) : ofName(source, "png");
        if (!isReachable(source) || format == null) {
            return leftOut("an image", source);
        }
        String detail = image.detail();
        if (detail != null && !detail.equals("auto")) {
            warnings.dropped("image_url.detail", BedrockDialect.NAME);
        }
        json.ascii(before).ascii("{\"image\":{\"format\":").string(format);
        source(source, image.extra());
        json.ascii("}}");
        return true;
    }

    boolean file(Part.File file, String before) {
        Part.Source source = file.source();
        String format = source.isData() ? Formats.document(source.mediaType()) : ofName(source, "pdf");
        if (!isReachable(source) || format == null) {
            return leftOut("a file", source);
        }
        json.ascii(before).ascii("{\"document\":{\"format\":").string(format);
        json.ascii(",\"name\":").string(name(file.name()));
        RawJson context = file.extra().get("context");
        if (context != null) {
            json.ascii(",\"context\":").append(Bytes.utf8(context.text()));
        }
        source(source, file.extra());
        json.ascii("}}");
        return true;
    }

    boolean sound(Part.Sound sound, String before) {
        Part.Source source = sound.source();
        if (!isReachable(source)) {
            return leftOut("sound", source);
        }
        json.ascii(before).ascii("{\"audio\":{\"format\":").string(sound.format());
        source(source, sound.extra());
        json.ascii("}}");
        return true;
    }

    private void source(Part.Source source, Map<String, RawJson> extra) {
        if (source.isData()) {
            json.ascii(",\"source\":{\"bytes\":").string(source.base64()).ascii("}");
            return;
        }
        json.ascii(",\"source\":{\"s3Location\":{\"uri\":").string(String.valueOf(source.url()));
        RawJson owner = extra.get("bucketOwner");
        if (owner != null) {
            json.ascii(",\"bucketOwner\":").append(Bytes.utf8(owner.text()));
        }
        json.ascii("}}");
    }

    private static boolean isReachable(Part.Source source) {
        String url = source.url();
        return source.isData() || (url != null && url.startsWith(S3));
    }

    private boolean leftOut(String what, Part.Source source) {
        warnings.add(what + " was left out of a message: bedrock takes "
                + (source.isData()
                        ? "no '" + source.mediaType() + "'"
                        : "bytes and places in S3, and no other address"));
        return false;
    }

    /** What the end of a name says of the kind. */
    private static String ofName(Part.Source source, String otherwise) {
        @Nullable String url = source.url();
        int dot = url == null ? -1 : url.lastIndexOf('.');
        String end = url == null || dot < 0 ? "" : url.substring(dot + 1);
        return end.matches("[a-z]{2,4}") ? end.equals("jpg") ? "jpeg" : end : otherwise;
    }

    /** A name is wanted, of a few kinds of characters; each document has another one. */
    private String name(@Nullable String name) {
        documents++;
        String plain = name == null
                ? ""
                : name.replaceAll("[^A-Za-z0-9 ()\\[\\]-]", " ")
                        .replaceAll(" +", " ")
                        .strip();
        return plain.isEmpty() ? "document " + documents : plain;
    }
}
