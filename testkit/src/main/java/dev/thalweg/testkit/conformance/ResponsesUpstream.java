package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.ResponsesAnswer;
import dev.thalweg.testkit.ResponsesScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptEvent;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A provider of the Responses API. */
final class ResponsesUpstream implements Upstream {
    private static final ScriptEvent PING = new ScriptEvent("", "keep-alive");
    private static final String OVERLOADED = "The engine is overloaded, try again later.";

    @Override
    public Protocol protocol() {
        return Protocol.RESPONSES;
    }

    @Override
    public String model() {
        return "gpt-5-mini";
    }

    @Override
    public Ask received(RecordedRequest request) {
        return ResponsesReceived.read(request);
    }

    @Override
    public Script answer(Reply reply, RecordedRequest request) {
        if (reply.fault.isStatus()) {
            return OpenAiUpstream.error(reply.fault);
        }
        JsonNode body = Nodes.read(request.bodyText());
        if (!body.path("stream").asBoolean(false)) {
            return reply.fault == Fault.FIRST_EVENT
                    ? OpenAiScripts.error(503, "server_error", "server_is_overloaded", OVERLOADED)
                    : Replies.whole(answer(reply).body(), reply);
        }
        return Replies.stream(events(reply), reply, PING);
    }

    private static List<ScriptEvent> events(Reply reply) {
        return switch (reply.fault) {
            case FIRST_EVENT -> ResponsesScripts.answer().failing("server_error", OVERLOADED);
            case AFTER_CONTENT -> answer(reply).failing("server_error", OVERLOADED);
            default -> answer(reply).events();
        };
    }

    private static ResponsesAnswer answer(Reply reply) {
        ResponsesAnswer answer = ResponsesScripts.answer();
        for (Reasoned one : reply.reasoning) {
            answer.reasoning(one.proof(), Replies.array(one.pieces()));
        }
        if (!reply.refusal.isEmpty()) {
            answer.refusal(Replies.array(reply.refusal));
        }
        if (!reply.text.isEmpty()) {
            answer.text(Replies.array(reply.text));
        }
        for (ToolCall call : reply.calls) {
            List<String> pieces = call.pieces().isEmpty() ? List.of("{}") : call.pieces();
            answer.functionCall(call.id(), call.name(), Replies.array(pieces));
        }
        switch (reply.finish) {
            case LENGTH -> answer.incomplete("max_output_tokens");
            case CONTENT_FILTER -> answer.incomplete("content_filter");
            default -> {} // completed, with calls or without
        }
        if (reply.noisy(Reply.Noise.UNKNOWN)) {
            answer.unknownEvents();
        }
        Tokens tokens = reply.tokens;
        answer.usage(tokens.input(), tokens.cached(), tokens.output(), tokens.reasoning());
        return reply.fault.hasContent() ? answer.unfinished() : answer;
    }
}
