package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the content of a message for an upstream. Content that is only text is written as a string, because there are
 * servers that take nothing else: several texts are joined, those of the model as they are, others by a line end.
 */
final class PartWriter {
    private final ByteBuilder json;
    private final Provider provider;
    private final Warnings warnings;

    PartWriter(ByteBuilder json, Provider provider, Warnings warnings) {
        this.json = json;
        this.provider = provider;
        this.warnings = warnings;
    }

    /**
     * The member {@code content}.
     *
     * @param otherwise whether the message says something without it: then it may be null
     * @param models whether it is the model's own
     */
    void content(List<Part> parts, boolean otherwise, boolean models) {
        List<Part> known = new ArrayList<>(parts.size());
        boolean onlyText = true;
        for (Part part : parts) {
            if (isKnown(part)) {
                known.add(part);
                onlyText &= part instanceof Part.Text text && Fields.areNone(text.extra(), provider);
            }
        }
        json.ascii(",\"content\":");
        if (onlyText) {
            String text = String.join(
                    models ? "" : "\n",
                    known.stream().map(part -> ((Part.Text) part).text()).toList());
            if (text.isEmpty() && otherwise) {
                json.ascii("null");
            } else {
                json.string(text);
            }
            return;
        }
        json.ascii("[");
        for (int i = 0; i < known.size(); i++) {
            json.ascii(i == 0 ? "" : ",");
            part(known.get(i));
        }
        json.ascii("]");
    }

    /** Whether there is a word for it; tells where there is none. */
    private boolean isKnown(Part part) {
        return switch (part) {
            case Part.Text text -> true;
            case Part.Image image -> needs(image.source().url() != null, "an image that is a file at a provider");
            case Part.Sound sound -> needs(sound.source().isData(), "audio that is not Base64");
            case Part.File file -> needs(isSendable(file.source()), "a file that is a URL");
            case Part.Native own -> needs(own.dialect().equals(OpenAiDialect.NAME), "a part of " + own.dialect());
            default -> needs(false, "a part");
        };
    }

    private boolean isSendable(Part.Source source) {
        return source.fileId() != null || source.isData() || Takes.fileUrls(provider);
    }

    private boolean needs(boolean holds, String what) {
        if (!holds) {
            warnings.dropped(what, OpenAiDialect.NAME);
        }
        return holds;
    }

    private void part(Part part) {
        switch (part) {
            case Part.Text text -> {
                json.ascii("{\"type\":\"text\",\"text\":").string(text.text());
                end(text.extra());
            }
            case Part.Image image -> {
                json.ascii("{\"type\":\"image_url\",\"image_url\":{\"url\":")
                        .string(String.valueOf(image.source().url()));
                if (image.detail() != null) {
                    json.ascii(",\"detail\":").string(image.detail());
                }
                json.ascii("}");
                end(image.extra());
            }
            case Part.Sound sound -> {
                json.ascii("{\"type\":\"input_audio\",\"input_audio\":{\"data\":")
                        .string(sound.source().base64());
                json.ascii(",\"format\":").string(sound.format()).ascii("}");
                end(sound.extra());
            }
            case Part.File file -> file(file);
            case Part.Native own -> json.append(Bytes.utf8(own.json().text()));
            default -> throw new IllegalStateException("Not a part of content: " + part.getClass());
        }
    }

    /** Bytes need a name here. */
    private void file(Part.File file) {
        json.ascii("{\"type\":\"file\",\"file\":{");
        String url = file.source().url();
        String name = file.name();
        if (url != null) {
            json.ascii("\"file_data\":").string(url);
            json.ascii(",\"filename\":").string(name == null ? "file" : name);
        } else {
            json.ascii("\"file_id\":").string(String.valueOf(file.source().fileId()));
            if (name != null) {
                json.ascii(",\"filename\":").string(name);
            }
        }
        json.ascii("}");
        end(file.extra());
    }

    private void end(Map<String, RawJson> extra) {
        Fields.write(json, extra, provider);
        json.ascii("}");
    }
}
