package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.List;
import java.util.Set;

/** Writes tools in this protocol's flat form. */
final class ToolWriter {
    /** Further fields of a function that this protocol knows. */
    private static final Set<String> KNOWN = Set.of("defer_loading");

    private ToolWriter() {}

    /** The list under {@code tools}. */
    static void tools(ByteBuilder json, List<ToolSpec> tools, Warnings warnings) {
        String comma = "[";
        for (ToolSpec tool : tools) {
            String dialect = tool.dialect().orElse(Names.DIALECT);
            if (!dialect.equals(Names.DIALECT)) {
                warnings.add(
                        "The tool '" + tool.name() + "' was left out: only the protocol '" + dialect + "' knows it");
                continue;
            }
            json.ascii(comma);
            if (tool.dialect().isPresent()) {
                json.append(Bytes.utf8(tool.parameters().text()));
            } else {
                function(json, tool, warnings);
            }
            comma = ",";
        }
        json.ascii(comma.equals("[") ? "[]" : "]");
    }

    private static void function(ByteBuilder json, ToolSpec tool, Warnings warnings) {
        json.ascii("{\"type\":\"function\",\"name\":").string(tool.name());
        if (!tool.description().isEmpty()) {
            json.ascii(",\"description\":").string(tool.description());
        }
        json.ascii(",\"parameters\":").append(Bytes.utf8(tool.parameters().text()));
        // Unsaid it means true here, which makes optional arguments mandatory; in all other protocols it means false.
        json.ascii(",\"strict\":" + tool.strict().orElse(false));
        tool.extra().forEach((name, value) -> {
            if (KNOWN.contains(name)) {
                json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text()));
            } else if (!name.equals("cache_control")) {
                warnings.dropped("tools[]." + name, "the Responses API");
            }
        });
        json.ascii("}");
    }

    /** The value of {@code tool_choice}. */
    static void choice(ByteBuilder json, ToolChoice choice, List<ToolSpec> tools) {
        switch (choice.mode()) {
            case AUTO -> json.ascii("\"auto\"");
            case NONE -> json.ascii("\"none\"");
            case REQUIRED -> json.ascii("\"required\"");
            case NAMED -> {
                boolean custom = tools.stream()
                        .anyMatch(tool ->
                                tool.dialect().isPresent() && tool.name().equals(choice.name()));
                json.ascii(custom ? "{\"type\":\"custom\",\"name\":" : "{\"type\":\"function\",\"name\":")
                        .string(choice.name())
                        .ascii("}");
            }
        }
    }
}
