package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.OpenAiCompletion;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.OpenAiStream;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A provider of chat completions. Reasoning comes as {@code reasoning_content}, as from those that show it. */
final class OpenAiUpstream implements Upstream {
    private static final ScriptEvent PING = new ScriptEvent("", "keep-alive");

    @Override
    public Protocol protocol() {
        return Protocol.OPENAI;
    }

    @Override
    public String model() {
        return "gpt-5-mini";
    }

    @Override
    public Ask received(RecordedRequest request) {
        return OpenAiReceived.read(request);
    }

    @Override
    public Script answer(Reply reply, RecordedRequest request) {
        JsonNode body = Nodes.read(request.bodyText());
        if (reply.fault.isStatus()) {
            return error(reply.fault);
        }
        if (!body.path("stream").asBoolean(false)) {
            return reply.fault == Fault.FIRST_EVENT
                    ? Script.json(200, overloaded())
                    : Replies.whole(completion(reply), reply);
        }
        boolean usage = body.path("stream_options").path("include_usage").asBoolean(false);
        return Replies.stream(events(reply, usage), reply, PING);
    }

    private static List<ScriptEvent> events(Reply reply, boolean usage) {
        var events = new ArrayList<ScriptEvent>();
        if (reply.fault != Fault.FIRST_EVENT) {
            events.addAll(stream(reply, usage).events());
        }
        if (reply.fault == Fault.FIRST_EVENT || reply.fault == Fault.AFTER_CONTENT) {
            events.add(new ScriptEvent("error", overloaded()));
        }
        return events;
    }

    private static OpenAiStream stream(Reply reply, boolean usage) {
        OpenAiStream stream = OpenAiScripts.streaming()
                .choices(reply.choices)
                .reasoning(Replies.array(reply.reasoning.stream()
                        .flatMap(one -> one.pieces().stream())
                        .toList()))
                .refusal(Replies.array(reply.refusal))
                .text(Replies.array(reply.text))
                .finishReason(finish(reply));
        for (ToolCall call : reply.calls) {
            List<String> pieces = call.pieces().isEmpty() ? List.of("{}") : call.pieces();
            stream.toolCall(call.id(), call.name(), Replies.array(pieces));
        }
        if (usage) {
            Tokens tokens = reply.tokens;
            stream.usage(tokens.input(), tokens.cached(), tokens.output(), tokens.reasoning());
        }
        if (reply.noisy(Reply.Noise.UNKNOWN)) {
            stream.unknownEvents();
        }
        return reply.fault.hasContent() ? stream.unfinished() : stream;
    }

    private static String completion(Reply reply) {
        Tokens tokens = reply.tokens;
        OpenAiCompletion completion = OpenAiScripts.completing()
                .choices(reply.choices)
                .finishReason(finish(reply))
                .usage(tokens.input(), tokens.cached(), tokens.output(), tokens.reasoning());
        if (!reply.text.isEmpty()) {
            completion.text(reply.wholeText());
        }
        if (!reply.refusal.isEmpty()) {
            completion.refusal(reply.wholeRefusal());
        }
        if (!reply.reasoning.isEmpty()) {
            completion.reasoning(reply.wholeReasoning());
        }
        reply.calls.forEach(call -> completion.toolCall(call.id(), call.name(), call.arguments()));
        return completion.body();
    }

    private static String finish(Reply reply) {
        return switch (reply.finish) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
        };
    }

    private static String overloaded() {
        return OpenAiScripts.errorBody(
                "server_error", "engine_overloaded", "The engine is overloaded, try again later.");
    }

    /** OpenAI's errors, which its two protocols share. */
    static Script error(Fault fault) {
        String invalid = "invalid_request_error";
        return switch (fault) {
            case BAD_REQUEST ->
                OpenAiScripts.error(400, invalid, "invalid_value", "The value of 'temperature' is out of range.");
            case UNAUTHORIZED ->
                OpenAiScripts.error(401, invalid, "invalid_api_key", "Incorrect API key provided: sk-c****ance.");
            case NO_MODEL ->
                OpenAiScripts.error(404, invalid, "model_not_found", "The model `conformance` does not exist.");
            case CONTEXT_LENGTH ->
                OpenAiScripts.error(
                        400, invalid, "context_length_exceeded", "Your input is too long for the context window.");
            case RATE_LIMITED ->
                Script.status(429)
                        .header("Content-Type", "application/json")
                        .header("retry-after", "2")
                        .text(OpenAiScripts.errorBody(
                                "requests", "rate_limit_exceeded", "Rate limit reached for requests. Try again in 2s."))
                        .build();
            default ->
                OpenAiScripts.error(
                        500, "server_error", null, "The server had an error while processing your request.");
        };
    }
}
