package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.GatewayFields;
import dev.thalweg.core.dialect.OperatorFields;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningOptions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a caller's request. What has no word in the vocabulary becomes a further field and is passed on. */
final class RequestReader {
    private static final Set<String> WITH_A_WORD = Set.of(
            "model",
            "input",
            "instructions",
            "stream",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "text",
            "reasoning",
            "max_output_tokens",
            "temperature",
            "top_p",
            "top_logprobs",
            "user");

    private RequestReader() {}

    /**
     * What the body asks for.
     *
     * @param previous the conversation that goes on; null: the caller sends all of it
     */
    static ChatRequest read(byte[] array, int offset, int length, @Nullable StoredResponse previous) {
        JsonFields body = JsonFields.body(array, offset, length);
        String model = body.required("model");
        if (model.isBlank()) {
            throw new RequestProblem("'model' must not be empty.", "model", "invalid_parameter_value");
        }
        ChatRequest.Builder request = ChatRequest.builder(model);
        List<Message> messages = conversation(body, previous);
        if (messages.isEmpty()) {
            throw new RequestProblem("'input' must not be empty.", "input", "invalid_parameter_value");
        }
        request.messages(messages);
        settings(body, request);
        ToolReader.read(body, request);
        FormatReader.read(body, request);
        extra(body, request, previous != null);
        return request.build();
    }

    private static List<Message> conversation(JsonFields body, @Nullable StoredResponse previous) {
        ItemReader items = new ItemReader();
        String instructions = body.text("instructions");
        if (instructions != null) {
            items.message(Message.system(instructions));
        }
        if (previous != null) {
            items.list(previous.value(), "previous_response_id");
        }
        JsonValue input = body.get("input");
        if (input == null) {
            throw new RequestProblem("Missing required field 'input'.", "input", "missing_parameter");
        }
        if (JsonFields.kind(input) == '"') {
            items.message(Message.user(JsonFields.text(input, "input")));
        } else {
            JsonFields.expect(JsonFields.kind(input) == '[', "input", "a string or an array");
            items.list(input, "input");
        }
        return items.messages();
    }

    private static void settings(JsonFields body, ChatRequest.Builder request) {
        Boolean unused = body.bool("stream");
        Double temperature = body.number("temperature");
        if (temperature != null) {
            request.temperature(temperature);
        }
        Double topP = body.number("top_p");
        if (topP != null) {
            request.topP(topP);
        }
        Integer limit = body.count("max_output_tokens");
        if (limit != null) {
            request.maxOutputTokens(limit);
        }
        Boolean parallel = body.bool("parallel_tool_calls");
        if (parallel != null) {
            request.parallelToolCalls(parallel);
        }
        String user = body.text("user");
        if (user != null) {
            request.endUser(user);
        }
        logprobs(body, request);
        JsonFields reasoning = body.object("reasoning");
        if (reasoning != null) {
            String summary = reasoning.text("summary");
            request.reasoning(ReasoningOptions.adaptive()
                    .withEffort(reasoning.text("effort"))
                    .withSummary(summary == null ? reasoning.text("generate_summary") : summary));
        }
    }

    private static void logprobs(JsonFields body, ChatRequest.Builder request) {
        Integer alternatives = body.count("top_logprobs");
        boolean asked = false;
        for (JsonValue element : body.list("include")) {
            asked |= JsonFields.text(element, "include").equals(Names.INCLUDE_LOGPROBS);
        }
        if (asked || (alternatives != null && alternatives > 0)) {
            request.logprobs(alternatives == null ? 0 : alternatives);
        }
    }

    private static void extra(JsonFields body, ChatRequest.Builder request, boolean continued) {
        for (String name : body.names()) {
            if (OperatorFields.NAMES.contains(name)) {
                throw new RequestProblem(
                        "'" + name
                                + "' cannot be set by a request: where the gateway connects is configured by its operator.",
                        name,
                        "forbidden_parameter");
            }
            RawJson value = body.raw(name);
            boolean done = name.equals("previous_response_id") && continued;
            boolean further = !WITH_A_WORD.contains(name) && !GatewayFields.NAMES.contains(name);
            if (value != null && further && !done && !name.equals("messages")) {
                check(body, name);
                add(request, name, value);
            }
        }
    }

    /** What whoever keeps answers relies on. */
    private static void check(JsonFields body, String name) {
        switch (name) {
            case "store", "background" -> JsonFields.expect(body.bool(name) != null, name, "true or false");
            case "previous_response_id" -> JsonFields.expect(body.text(name) != null, name, "a string");
            default -> {}
        }
    }

    static void add(ChatRequest.Builder request, String name, RawJson value) {
        try {
            request.extra(name, value.text());
        } catch (IllegalArgumentException e) {
            throw new RequestProblem("'" + name + "' cannot be read.", name, "invalid_parameter_value");
        }
    }
}
