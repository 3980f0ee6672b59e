package dev.thalweg.mcp;

import dev.thalweg.model.Part;
import dev.thalweg.tool.JsonInput;
import dev.thalweg.tool.ToolException;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What goes to and comes from a tool, between MCP's words and ours. */
final class Contents {
    private Contents() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> arguments(JsonInput arguments) {
        Map<String, JsonInput> unused = arguments.map(value -> value); // says so where it is no object
        return arguments.json().as(Map.class);
    }

    /** The content of a result. */
    static List<Part> of(McpSchema.CallToolResult result) throws ToolException, IOException {
        List<Part> parts = result.content().stream().map(Contents::part).toList();
        if (Boolean.TRUE.equals(result.isError())) {
            throw new ToolException(texts(parts));
        }
        if (!parts.isEmpty()) {
            return parts;
        }
        Object structured = result.structuredContent();
        return List.of(new Part.Text(
                structured == null ? "ok" : McpJsonDefaults.getMapper().writeValueAsString(structured)));
    }

    private static String texts(List<Part> parts) {
        String text = parts.stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining("\n"));
        return text.isEmpty() ? "The tool failed and did not say why." : text;
    }

    private static Part part(McpSchema.Content content) {
        return switch (content) {
            case McpSchema.TextContent text -> new Part.Text(text.text());
            case McpSchema.ImageContent image ->
                new Part.Image(Part.Source.base64(image.mimeType(), image.data()), null, Map.of());
            case McpSchema.AudioContent audio ->
                new Part.Sound(
                        Part.Source.base64(audio.mimeType(), audio.data()),
                        audio.mimeType().replaceFirst(".*/(x-)?", ""),
                        Map.of());
            case McpSchema.EmbeddedResource embedded -> resource(embedded.resource());
            case McpSchema.ResourceLink link -> new Part.Text(link.uri());
            default -> new Part.Text("(content of the kind " + content.type() + ", which is not known)");
        };
    }

    private static Part resource(McpSchema.ResourceContents resource) {
        if (resource instanceof McpSchema.BlobResourceContents blob) {
            String type = Optional.ofNullable(blob.mimeType()).orElse("application/octet-stream");
            return new Part.File(Part.Source.base64(type, blob.blob()), blob.uri(), Map.of());
        }
        return new Part.Text(resource instanceof McpSchema.TextResourceContents text ? text.text() : resource.uri());
    }
}
