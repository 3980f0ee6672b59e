package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.GatewayFields;
import dev.thalweg.core.dialect.OldFunctions;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ResponseFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a caller's body whole, after {@link RequestReader} has checked it: for the case that it has to be said in another
 * protocol. What has no word in the vocabulary is kept as it is. Left out are the fields that are said to a gateway, and
 * {@code stream} and {@code stream_options}, which are its business. One reader serves one body. Not thread-safe.
 */
final class ChatRequestReader {
    private final BodyValues values = new BodyValues();
    private final JsonCursor cursor = values.cursor();
    private final ToolReader tools = new ToolReader(values);
    private final ReasoningOptionsReader reasoning = new ReasoningOptionsReader(values);
    private final ChatRequest.Builder request;
    private boolean logprobs;
    private int topLogprobs;

    private ChatRequestReader(ChatRequest.Builder request) {
        this.request = request;
    }

    /**
     * Reads the body in these bytes.
     *
     * @throws RequestProblem when it is not a chat request
     */
    static ChatRequest read(byte[] array, int offset, int length) {
        RequestHead head = new RequestReader(JsonCursor.DEFAULT_DEPTH).read(array, offset, length);
        return new ChatRequestReader(ChatRequest.builder(head.model())).request(head, array);
    }

    /** The same for the request before chat. */
    static ChatRequest readCompletion(byte[] array, int offset, int length) {
        RequestHead head =
                new RequestReader(JsonCursor.DEFAULT_DEPTH).read(array, offset, length, RequestShape.PROMPT, null);
        return new ChatRequestReader(ChatRequest.builder(head.model())).completion(head, array);
    }

    private ChatRequest request(RequestHead head, byte[] array) {
        members(head, array, this::member);
        if (logprobs) {
            request.logprobs(topLogprobs);
        }
        ReasoningOptions options = reasoning.options();
        if (options != null) {
            request.reasoning(options);
        }
        return request.build();
    }

    private ChatRequest completion(RequestHead head, byte[] array) {
        if (head.place("prompt") == null) {
            throw BodyValues.wrongType("", "prompt", "a string");
        }
        members(head, array, this::completionMember);
        return request.build();
    }

    private void members(RequestHead head, byte[] array, Consumer<String> reads) {
        if (head.maxTokens() >= 0) {
            request.maxOutputTokens((int) Math.min(head.maxTokens(), Integer.MAX_VALUE));
        }
        for (RequestHead.Member member : head.members()) {
            if (!member.isNull() && !GatewayFields.NAMES.contains(member.name())) {
                cursor.reset(array, member.valueStart(), member.end() - member.valueStart());
                reads.accept(member.name());
            }
        }
    }

    private void member(String name) {
        switch (name) {
            case "messages" -> messages();
            case "tools" -> tools.tools(request);
            case "functions" -> functions();
            case "tool_choice", "function_call" -> tools.choice(name, request);
            case "parallel_tool_calls" -> request.parallelToolCalls(values.bool("", name));
            case "response_format" -> responseFormat();
            case "reasoning_effort" -> reasoning.effort();
            case "reasoning" -> reasoningObject();
            case "thinking" -> reasoning.thinking();
            case "logprobs" -> logprobs = values.bool("", name);
            case "top_logprobs" -> topLogprobs = values.count("", name, 0);
            default -> setting(name);
        }
    }

    private void completionMember(String name) {
        if (name.equals("prompt")) {
            request.user(prompt());
        } else {
            setting(name);
        }
    }

    /** What chat and the completions before it share. */
    private void setting(String name) {
        switch (name) {
            case "model", "stream", "stream_options", "max_tokens", "max_completion_tokens" -> {}
            case "temperature" -> request.temperature(values.number("", name));
            case "top_p" -> request.topP(values.number("", name));
            case "top_k" -> topK(name);
            case "n" -> request.choices(values.count("", name, 1));
            case "stop" -> request.stop(stop());
            case "seed" -> request.seed(values.whole("", name));
            case "frequency_penalty" -> request.frequencyPenalty(values.number("", name));
            case "presence_penalty" -> request.presencePenalty(values.number("", name));
            case "user" -> request.endUser(values.text("", name));
            default -> extra(name, values.raw());
        }
    }

    private void messages() {
        MessageReader messages = new MessageReader(values);
        cursor.enterArray();
        for (int i = 0; cursor.nextElement(); i++) {
            request.message(messages.read("messages[" + i + "]"));
        }
    }

    /** Kept beside the tools they are: who asks so is to be answered so, and an upstream like OpenAI's asked so. */
    private void functions() {
        int start = cursor.position();
        tools.functions(request);
        request.parallelToolCalls(false);
        extra(OldFunctions.FIELD, values.since(start));
    }

    /** Some servers take -1 for all words. */
    private void topK(String name) {
        long count = values.whole("", name);
        if (count > 0) {
            request.topK((int) Math.min(count, Integer.MAX_VALUE));
        }
    }

    private List<String> stop() {
        if (cursor.peek() == '"') {
            return List.of(values.text("", "stop"));
        }
        if (cursor.peek() != '[') {
            throw BodyValues.wrongType("", "stop", "a string or an array of strings");
        }
        List<String> texts = new ArrayList<>();
        cursor.enterArray();
        while (cursor.nextElement()) {
            texts.add(values.text("stop[" + texts.size() + "]", ""));
        }
        return texts;
    }

    private String prompt() {
        if (cursor.peek() == '"') {
            return values.text("", "prompt");
        }
        String only = "a string, or an array of one string: several prompts and prompts of tokens are only passed on to"
                + " a provider that has completions itself";
        if (cursor.peek() != '[') {
            throw BodyValues.wrongType("", "prompt", only);
        }
        cursor.enterArray();
        if (!cursor.nextElement() || cursor.peek() != '"') {
            throw BodyValues.wrongType("", "prompt", only);
        }
        String prompt = values.text("", "prompt");
        if (cursor.nextElement()) {
            throw BodyValues.wrongType("", "prompt", only);
        }
        return prompt;
    }

    /** Any kind that is not in the vocabulary, a grammar for example, is kept as it is. */
    private void responseFormat() {
        int unused = cursor.peek();
        int start = cursor.position();
        @Nullable String type = null;
        ResponseFormat format = ResponseFormat.JSON;
        if (!values.entersObject("", "response_format")) {
            return;
        }
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                type = values.text("response_format", "type");
            } else if (cursor.keyIs("json_schema")) {
                format = schema("response_format.json_schema");
            } else {
                cursor.skip();
            }
        }
        if (type == null) {
            throw BodyValues.missing("response_format", "type");
        }
        switch (type) {
            case "text" -> {}
            case "json_object" -> request.responseFormat(ResponseFormat.JSON);
            case "json_schema" -> request.responseFormat(format);
            default -> extra("response_format", values.since(start));
        }
    }

    private ResponseFormat schema(String at) {
        String name = "";
        @Nullable String description = null;
        @Nullable RawJson schema = null;
        @Nullable Boolean strict = null;
        if (!values.entersObject(at, "")) {
            throw BodyValues.wrongType(at, "", "an object");
        }
        while (cursor.nextMember()) {
            if (cursor.keyIs("name")) {
                name = values.text(at, "name");
            } else if (cursor.keyIs("description")) {
                description = values.textOrNull(at, "description");
            } else if (cursor.keyIs("schema")) {
                schema = tools.schema(at, "schema");
            } else if (cursor.keyIs("strict")) {
                strict = values.skipsNull() ? null : Boolean.valueOf(values.bool(at, "strict"));
            } else {
                cursor.skip();
            }
        }
        return ResponseFormat.schema(name, schema == null ? new RawJson("{}") : schema)
                .with(description, strict);
    }

    /** Whether to show the reasoning has no word here: then the object is kept for who knows it. */
    private void reasoningObject() {
        int start = cursor.position();
        if (reasoning.reasoning("reasoning")) {
            extra("reasoning", values.since(start));
        }
    }

    private void extra(String name, RawJson value) {
        try {
            request.extra(name, value.text());
        } catch (IllegalArgumentException e) {
            throw BodyValues.wrongValue("", name, "of a usual size"); // Numbers of a thousand digits, for example.
        }
    }
}
