package dev.thalweg.core.dialect.gemini;

import java.util.Locale;
import java.util.Map;

/** What kind of file something is: this protocol wants it said. */
final class MediaTypes {
    private static final Map<String, String> BY_EXTENSION = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("gif", "image/gif"),
            Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heif"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"),
            Map.entry("md", "text/markdown"),
            Map.entry("html", "text/html"),
            Map.entry("csv", "text/csv"),
            Map.entry("json", "application/json"),
            Map.entry("mp3", "audio/mp3"),
            Map.entry("wav", "audio/wav"),
            Map.entry("flac", "audio/flac"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("aac", "audio/aac"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("webm", "video/webm"));

    private MediaTypes() {}

    /** The kind that the end of the URL's path tells, else this one. */
    static String of(String url, String otherwise) {
        String path = url.replaceFirst("[?#].*", "");
        String extension = path.substring(path.lastIndexOf('.') + 1);
        return BY_EXTENSION.getOrDefault(extension.toLowerCase(Locale.ROOT), otherwise);
    }

    /** OpenAI's word for a kind of sound. */
    static String format(String type) {
        String bare = type.replaceFirst(";.*", "").substring("audio/".length());
        return switch (bare) {
            case "mpeg", "mp3" -> "mp3";
            case "wav", "x-wav", "wave" -> "wav";
            default -> bare;
        };
    }
}
