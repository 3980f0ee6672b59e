package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.OldFunctions;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the tools of a request, and what it says of their use. Not thread-safe. */
final class ToolWriter {
    private final ByteBuilder json;
    private final Provider provider;
    private final Warnings warnings;

    ToolWriter(ByteBuilder json, Provider provider, Warnings warnings) {
        this.json = json;
        this.provider = provider;
        this.warnings = warnings;
    }

    /** As further members of the body. */
    void write(ChatRequest request) {
        boolean functions = request.extra().containsKey(OldFunctions.FIELD);
        boolean given = functions || request.extra().containsKey("tools");
        List<ToolSpec> known = known(request.tools());
        if (!known.isEmpty() && !given) {
            json.ascii(",\"tools\":[");
            for (int i = 0; i < known.size(); i++) {
                json.ascii(i == 0 ? "" : ",");
                tool(known.get(i));
            }
            json.ascii("]");
        }
        // Without tools a word on their use is refused.
        if (!known.isEmpty() || given) {
            String field = functions ? "function_call" : "tool_choice";
            if (!request.extra().containsKey(field)) {
                request.toolChoice().ifPresent(choice -> choice(field, choice, known, given));
            }
            if (!functions && !request.extra().containsKey("parallel_tool_calls")) {
                request.parallelToolCalls().ifPresent(value -> json.ascii(",\"parallel_tool_calls\":" + value));
            }
        }
    }

    private List<ToolSpec> known(List<ToolSpec> tools) {
        List<ToolSpec> known = new ArrayList<>(tools.size());
        for (ToolSpec tool : tools) {
            if (tool.dialect().map(OpenAiDialect.NAME::equals).orElse(true)) {
                known.add(tool);
            } else {
                warnings.dropped("tool " + tool.name(), OpenAiDialect.NAME);
            }
        }
        return known;
    }

    private void tool(ToolSpec tool) {
        if (tool.dialect().isPresent()) {
            json.append(Bytes.utf8(tool.parameters().text()));
            return;
        }
        json.ascii("{\"type\":\"function\",\"function\":{\"name\":").string(tool.name());
        json.ascii(",\"description\":").string(tool.description());
        json.ascii(",\"parameters\":").append(Bytes.utf8(tool.parameters().text()));
        tool.strict().ifPresent(strict -> json.ascii(",\"strict\":" + strict));
        json.ascii("}");
        Fields.write(json, tool.extra(), provider);
        json.ascii("}");
    }

    private void choice(String field, ToolChoice choice, List<ToolSpec> known, boolean given) {
        if (choice.mode() != ToolChoice.Mode.NAMED) {
            boolean word = !field.equals("function_call") || choice.mode() != ToolChoice.Mode.REQUIRED;
            if (word) {
                json.ascii(",").string(field).ascii(":\"");
                json.ascii(choice.mode().name().toLowerCase(Locale.ROOT)).ascii("\"");
            } else {
                warnings.dropped("tool_choice", OpenAiDialect.NAME);
            }
            return;
        }
        ToolSpec named = known.stream()
                .filter(tool -> tool.name().equals(choice.name()))
                .findFirst()
                .orElse(null);
        if (named == null && !given) {
            warnings.dropped("tool_choice", OpenAiDialect.NAME);
            return;
        }
        json.ascii(",").string(field).ascii(":");
        if (field.equals("function_call")) {
            json.ascii("{\"name\":").string(choice.name()).ascii("}");
            return;
        }
        String kind = named != null && named.dialect().isPresent() ? "custom" : "function";
        json.ascii("{\"type\":\"" + kind + "\",\"" + kind + "\":{\"name\":")
                .string(choice.name())
                .ascii("}}");
    }
}
