package dev.thalweg.core.dialect.ollama;

import dev.thalweg.model.Part;

/** Images, which travel as nothing but their bytes in Base64: what they are, the first ones tell. */
final class Images {
    private Images() {}

    /** Where an image of a caller's is. Some send a data URL, although the API does not take one. */
    static Part.Source source(String data) {
        return data.startsWith("data:") ? Part.Source.url(data) : Part.Source.base64(mediaType(data), data);
    }

    private static String mediaType(String base64) {
        if (base64.startsWith("/9j/")) {
            return "image/jpeg";
        } else if (base64.startsWith("R0lGOD")) {
            return "image/gif";
        } else if (base64.startsWith("UklGR")) {
            return "image/webp";
        }
        return "image/png";
    }
}
