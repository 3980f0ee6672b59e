package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.AnthropicAnswer;
import dev.thalweg.testkit.AnthropicScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A provider of Anthropic's Messages API. */
final class AnthropicUpstream implements Upstream {
    private static final ScriptEvent PING = new ScriptEvent("ping", "{\"type\": \"ping\"}");
    private static final String OVERLOADED = "The engine is overloaded, try again later.";

    @Override
    public Protocol protocol() {
        return Protocol.ANTHROPIC;
    }

    @Override
    public String model() {
        return "claude-sonnet-4-5";
    }

    @Override
    public Ask received(RecordedRequest request) {
        return AnthropicReceived.read(request);
    }

    @Override
    public Script answer(Reply reply, RecordedRequest request) {
        if (reply.fault.isStatus()) {
            return error(reply.fault);
        }
        JsonNode body = Nodes.read(request.bodyText());
        if (!body.path("stream").asBoolean(false)) {
            return reply.fault == Fault.FIRST_EVENT
                    ? AnthropicScripts.error(529, "overloaded_error", OVERLOADED)
                    : Replies.whole(answer(reply).body(), reply);
        }
        return Replies.stream(events(reply), reply, PING);
    }

    private static List<ScriptEvent> events(Reply reply) {
        var events = new ArrayList<ScriptEvent>();
        if (reply.fault != Fault.FIRST_EVENT) {
            events.addAll(answer(reply).events());
        }
        if (reply.fault == Fault.FIRST_EVENT || reply.fault == Fault.AFTER_CONTENT) {
            events.add(new ScriptEvent("error", AnthropicScripts.errorBody("overloaded_error", OVERLOADED)));
        }
        return events;
    }

    private static AnthropicAnswer answer(Reply reply) {
        AnthropicAnswer answer = AnthropicScripts.answer();
        for (Reasoned one : reply.reasoning) {
            if (one.isSealed()) {
                answer.redactedThinking(one.proof());
            } else {
                // Anthropic signs all of its thinking.
                answer.thinking(one.proof().isEmpty() ? "c2lnbmF0dXJl" : one.proof(), Replies.array(one.pieces()));
            }
        }
        if (!reply.text.isEmpty()) {
            answer.text(Replies.array(reply.text));
        }
        reply.calls.forEach(call -> answer.toolUse(call.id(), call.name(), Replies.array(call.pieces())));
        switch (reply.finish) {
            case LENGTH -> answer.stopReason("max_tokens");
            case CONTENT_FILTER -> answer.stopReason("refusal");
            default -> {} // end_turn or tool_use
        }
        if (reply.noisy(Reply.Noise.UNKNOWN)) {
            answer.unknownEvents();
        }
        Tokens tokens = reply.tokens;
        answer.usage(tokens.input() - tokens.cached(), tokens.cached(), tokens.output());
        return reply.fault.hasContent() ? answer.unfinished() : answer;
    }

    private static Script error(Fault fault) {
        String invalid = "invalid_request_error";
        return switch (fault) {
            case BAD_REQUEST -> AnthropicScripts.error(400, invalid, "temperature: the value is out of range");
            case UNAUTHORIZED ->
                AnthropicScripts.error(401, "authentication_error", "Incorrect API key: invalid x-api-key");
            case NO_MODEL -> AnthropicScripts.error(404, "not_found_error", "model: conformance does not exist");
            case CONTEXT_LENGTH ->
                AnthropicScripts.error(400, invalid, "prompt is too long: 200001 tokens > 200000 maximum");
            case RATE_LIMITED ->
                Script.status(429)
                        .header("Content-Type", "application/json")
                        .header("retry-after", "2")
                        .text(AnthropicScripts.errorBody("rate_limit_error", "Rate limit reached for requests"))
                        .build();
            default -> AnthropicScripts.error(500, "api_error", "The server had an error");
        };
    }
}
