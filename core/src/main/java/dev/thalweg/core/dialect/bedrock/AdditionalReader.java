package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ToolChoice;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request says in its model's own words: reasoning, {@code top_k}, whether tools may be called side by side. The
 * rest of it is kept for a provider of this protocol.
 */
final class AdditionalReader {
    private AdditionalReader() {}

    static void read(@Nullable Members fields, ChatRequest.Builder request) {
        if (fields == null) {
            return;
        }
        Set<String> read = new HashSet<>();
        Integer topK = fields.isNumber("top_k") ? fields.count("top_k") : null;
        if (topK != null) {
            request.topK(topK);
            read.add("top_k");
        }
        reasoning(fields, request, read);
        toolChoice(fields, request, read);
        Map<String, RawJson> rest = fields.others(read);
        if (!rest.isEmpty()) {
            ByteBuilder json = new ByteBuilder(64);
            rest.forEach((name, value) -> json.ascii(json.length() == 0 ? "{" : ",")
                    .string(name)
                    .ascii(":")
                    .append(Bytes.utf8(value.text())));
            RequestReader.extra(
                    request,
                    "additionalModelRequestFields",
                    new RawJson(json.ascii("}").toString()));
        }
    }

    private static void reasoning(Members fields, ChatRequest.Builder request, Set<String> read) {
        @Nullable ReasoningOptions options = null;
        for (String name : new String[] {"thinking", "reasoning_config"}) {
            Members thinking = fields.isObject(name) ? fields.object(name) : null;
            if (thinking != null) {
                options = thinking(thinking);
                read.add(name);
            }
        }
        Members output = fields.isObject("output_config") ? fields.object("output_config") : null;
        String effort = output == null ? null : output.text("effort");
        if (output != null && effort != null && output.others(Set.of("effort")).isEmpty()) {
            read.add("output_config");
        }
        if (effort == null && fields.isText("reasoning_effort")) {
            effort = fields.text("reasoning_effort");
            read.add("reasoning_effort");
        }
        if (effort != null) {
            options = (options == null ? ReasoningOptions.adaptive() : options).withEffort(effort);
        }
        if (options != null) {
            request.reasoning(options);
        }
    }

    private static ReasoningOptions thinking(Members thinking) {
        Integer budget = thinking.count("budget_tokens");
        if ("disabled".equals(thinking.text("type"))) {
            return ReasoningOptions.budget(0);
        }
        ReasoningOptions options = budget == null ? ReasoningOptions.adaptive() : ReasoningOptions.budget(budget);
        return "summarized".equals(thinking.text("display")) ? options.withSummary("auto") : options;
    }

    private static void toolChoice(Members fields, ChatRequest.Builder request, Set<String> read) {
        Members choice = fields.isObject("tool_choice") ? fields.object("tool_choice") : null;
        if (choice == null) {
            return;
        }
        Boolean oneAtATime = choice.bool("disable_parallel_tool_use");
        if (oneAtATime != null) {
            request.parallelToolCalls(!oneAtATime);
            read.add("tool_choice");
        }
        if ("none".equals(choice.text("type"))) {
            request.toolChoice(ToolChoice.NONE);
            read.add("tool_choice");
        }
    }
}
