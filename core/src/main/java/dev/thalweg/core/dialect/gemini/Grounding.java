package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What an answer is grounded in, and the citations it makes in OpenAI's spelling: one for each page that a passage rests on, with
 * the passage as {@code content}. Where the passage stands is counted in bytes here and in characters there, and left out.
 */
final class Grounding {
    private Grounding() {}

    /** Tells the citations in this {@code groundingMetadata}. */
    static void tell(String metadata, int choice, FrameSink sink) {
        JsonNode grounding;
        try {
            grounding = Nodes.read(metadata);
        } catch (JsonSyntaxException e) {
            return;
        }
        JsonNode chunks = grounding.path("groundingChunks");
        boolean any = false;
        for (JsonNode support : grounding.path("groundingSupports")) {
            String passage = support.path("segment").path("text").asString("");
            for (JsonNode index : support.path("groundingChunkIndices")) {
                any |= tell(chunks.path(index.asInt(-1)), passage, choice, sink);
            }
        }
        if (!any) {
            for (JsonNode chunk : chunks) {
                tell(chunk, "", choice, sink);
            }
        }
    }

    private static boolean tell(JsonNode chunk, String passage, int choice, FrameSink sink) {
        JsonNode page = chunk.path("web").isObject() ? chunk.path("web") : chunk.path("retrievedContext");
        String url = page.path("uri").asString("");
        if (url.isEmpty()) {
            return false;
        }
        ByteBuilder json = new ByteBuilder(256)
                .ascii("{\"type\":\"url_citation\",\"url_citation\":{\"url\":")
                .string(url);
        json.ascii(",\"title\":").string(page.path("title").asString(""));
        if (!passage.isEmpty()) {
            json.ascii(",\"content\":").string(passage);
        }
        json.ascii("}}");
        sink.annotation(choice, new JsonValue().set(json.array(), 0, json.length()));
        return true;
    }

    /** A {@code groundingMetadata} with the pages that these annotations of another provider's name; empty without any. */
    static String of(List<RawJson> annotations) {
        ByteBuilder chunks = new ByteBuilder(256);
        String comma = "";
        for (RawJson annotation : annotations) {
            JsonNode page = page(annotation);
            String url = page.path("url").asString("");
            if (!url.isEmpty()) {
                chunks.ascii(comma).ascii("{\"web\":{\"uri\":").string(url);
                chunks.ascii(",\"title\":")
                        .string(page.path("title").asString(""))
                        .ascii("}}");
                comma = ",";
            }
        }
        return comma.isEmpty() ? "" : "{\"groundingChunks\":[" + chunks + "]}";
    }

    private static JsonNode page(RawJson annotation) {
        try {
            JsonNode read = Nodes.read(annotation.text());
            return read.path("url_citation").isObject() ? read.path("url_citation") : read;
        } catch (JsonSyntaxException e) {
            return Nodes.read("{}");
        }
    }
}
