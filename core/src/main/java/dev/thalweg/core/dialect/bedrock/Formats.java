package dev.thalweg.core.dialect.bedrock;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words for kinds of files: this protocol's, and media types. */
final class Formats {
    private static final Map<String, String> DOCUMENTS = Map.of(
            "pdf", "application/pdf",
            "csv", "text/csv",
            "doc", "application/msword",
            "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xls", "application/vnd.ms-excel",
            "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "html", "text/html",
            "txt", "text/plain",
            "md", "text/markdown");

    private Formats() {}

    /** The media type of a document; any other is bytes. */
    static String mediaType(String format) {
        return DOCUMENTS.getOrDefault(format, "application/octet-stream");
    }

    /** The word for a document of this media type; null where there is none. */
    static @Nullable String document(String mediaType) {
        for (var format : DOCUMENTS.entrySet()) {
            if (format.getValue().equals(mediaType)) {
                return format.getKey();
            }
        }
        return mediaType.startsWith("text/") ? "txt" : null;
    }

    /** The word for an image of this media type; null where there is none. */
    static @Nullable String image(String mediaType) {
        return switch (mediaType) {
            case "image/png" -> "png";
            case "image/jpeg", "image/jpg" -> "jpeg";
            case "image/gif" -> "gif";
            case "image/webp" -> "webp";
            default -> null;
        };
    }
}
