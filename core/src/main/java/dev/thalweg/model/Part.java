package dev.thalweg.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a message: what somebody wrote, showed, said or attached, a tool's call or its result, or reasoning that goes
 * back to the provider. Immutable.
 *
 * <p>{@code extra} has the provider's own fields by name, {@code cache_control} for example; they are sent to providers of
 * the protocol that knows them.
 *
 * <p>Keep a {@code default} branch in a switch: new kinds of parts first come as {@link Extension}.
 */
public sealed interface Part {
    /** The provider's own fields, by name. */
    default Map<String, RawJson> extra() {
        return Map.of();
    }

    /** Text. */
    record Text(String text, Map<String, RawJson> extra) implements Part {
        /** Copies the map. */
        public Text {
            extra = copy(extra);
        }

        /** Text alone. */
        public Text(String text) {
            this(text, Map.of());
        }
    }

    /**
     * An image.
     *
     * @param source where it is
     * @param detail how closely to look: {@code low}, {@code high}, {@code auto}; null: not said
     */
    record Image(Source source, @Nullable String detail, Map<String, RawJson> extra) implements Part {
        /** Copies the map. */
        public Image {
            extra = copy(extra);
        }

        /** The image at this {@code https:} or {@code data:} URL. */
        public Image(String url) {
            this(Source.url(url), null, Map.of());
        }
    }

    /**
     * Something to listen to.
     *
     * @param source where it is
     * @param format {@code wav}, {@code mp3}
     */
    record Sound(Source source, String format, Map<String, RawJson> extra) implements Part {
        /** Copies the map. */
        public Sound {
            extra = copy(extra);
        }
    }

    /**
     * A document: a PDF, a text.
     *
     * @param source where it is
     * @param name its file's name; null: not said
     */
    record File(Source source, @Nullable String name, Map<String, RawJson> extra) implements Part {
        /** Copies the map. */
        public File {
            extra = copy(extra);
        }
    }

    /** Reasoning of an earlier answer, which goes back as it came. */
    record Reasoning(ReasoningBlock block, Map<String, RawJson> extra) implements Part {
        /** Copies the map. */
        public Reasoning {
            extra = copy(extra);
        }

        /** A block alone. */
        public Reasoning(ReasoningBlock block) {
            this(block, Map.of());
        }
    }

    /** The words of an earlier refusal. */
    record Refusal(String text) implements Part {}

    /** A tool the model wanted called. */
    record Call(ToolCall call, Map<String, RawJson> extra) implements Part {
        /** Copies the map. */
        public Call {
            extra = copy(extra);
        }

        /** A call alone. */
        public Call(ToolCall call) {
            this(call, Map.of());
        }
    }

    /**
     * What a tool gave back.
     *
     * @param callId the id of the call it belongs to
     * @param content text, images, files
     * @param error whether the tool failed, and the content says how
     */
    record ToolResult(String callId, List<Part> content, boolean error, Map<String, RawJson> extra) implements Part {
        /** Copies list and map. */
        public ToolResult {
            content = List.copyOf(content);
            extra = copy(extra);
        }

        /** All text of the content. */
        public String text() {
            return text(content);
        }

        private static String text(List<Part> parts) {
            StringBuilder all = new StringBuilder();
            for (Part part : parts) {
                if (part instanceof Text text) {
                    all.append(text.text());
                }
            }
            return all.toString();
        }
    }

    /**
     * A part that only one protocol has a word for: the call of a tool that runs at the provider, and its result.
     *
     * @param dialect the protocol: {@code anthropic}, {@code responses}
     * @param json the part in its spelling
     */
    record Native(String dialect, RawJson json) implements Part {}

    /** A kind of part that is not in this vocabulary yet. */
    non-sealed interface Extension extends Part {}

    /**
     * Where the bytes of an attachment are.
     *
     * @param url an {@code https:} or {@code data:} URL; null where it is a file at the provider
     * @param fileId the provider's id of an uploaded file; null where there is a URL
     */
    record Source(@Nullable String url, @Nullable String fileId) {
        /** At this {@code https:} or {@code data:} URL. */
        public static Source url(String url) {
            return new Source(url, null);
        }

        /** These Base64 bytes of this media type. */
        public static Source base64(String mediaType, String data) {
            return url("data:" + mediaType + ";base64," + data);
        }

        /** An uploaded file. */
        public static Source file(String id) {
            return new Source(null, id);
        }

        /** The media type of a {@code data:} URL; empty for others. */
        public String mediaType() {
            return isData() ? head().replaceFirst(";.*", "") : "";
        }

        /** The Base64 bytes of a {@code data:} URL; empty for others. */
        public String base64() {
            int comma = url == null ? -1 : url.indexOf(',');
            return isData() && url != null && comma >= 0 ? url.substring(comma + 1) : "";
        }

        /** Whether the bytes themselves are here, in Base64. */
        public boolean isData() {
            return url != null && url.startsWith("data:") && head().endsWith(";base64");
        }

        private String head() {
            int comma = url == null ? -1 : url.indexOf(',');
            return url == null || comma < 5 ? "" : url.substring(5, comma);
        }
    }

    private static Map<String, RawJson> copy(Map<String, RawJson> extra) {
        return extra.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }
}
