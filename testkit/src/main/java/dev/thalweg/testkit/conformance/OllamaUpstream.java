package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.OllamaAnswer;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import java.util.ArrayList;
import java.util.List;

/** A server of Ollama's chats. */
final class OllamaUpstream implements Upstream {
    private static final String OVERLOADED = "The engine is overloaded, try again later.";

    @Override
    public Protocol protocol() {
        return Protocol.OLLAMA;
    }

    @Override
    public String model() {
        return OllamaAnswer.MODEL;
    }

    @Override
    public Ask received(RecordedRequest request) {
        return OllamaReceived.read(request);
    }

    @Override
    public Script answer(Reply reply, RecordedRequest request) {
        if (reply.fault.isStatus()) {
            return error(reply.fault);
        }
        if (!Nodes.read(request.bodyText()).path("stream").asBoolean(true)) {
            return reply.fault == Fault.FIRST_EVENT
                    ? OllamaAnswer.error(503, OVERLOADED)
                    : Replies.whole(answer(reply).body(), reply);
        }
        var lines = new ArrayList<String>();
        if (reply.fault != Fault.FIRST_EVENT) {
            lines.addAll(answer(reply).lines());
        }
        if (reply.fault == Fault.FIRST_EVENT || reply.fault == Fault.AFTER_CONTENT) {
            lines.add(OllamaAnswer.errorBody(OVERLOADED));
        }
        return Replies.lines(List.copyOf(lines), reply);
    }

    private static OllamaAnswer answer(Reply reply) {
        var answer = new OllamaAnswer();
        reply.reasoning.forEach(one -> answer.thinking(Replies.array(one.pieces())));
        answer.text(Replies.array(reply.text));
        reply.calls.forEach(call -> answer.call(call.id(), call.name(), call.arguments()));
        if (reply.noisy(Reply.Noise.UNKNOWN)) {
            answer.unknownLine();
        }
        if (reply.finish == Finish.LENGTH) {
            answer.doneReason("length");
        }
        answer.usage(reply.tokens.input(), reply.tokens.output());
        return reply.fault.hasContent() ? answer.unfinished() : answer;
    }

    private static Script error(Fault fault) {
        return switch (fault) {
            case BAD_REQUEST -> OllamaAnswer.error(400, "option \"temperature\" is out of range");
            case UNAUTHORIZED -> OllamaAnswer.error(401, "Incorrect API key");
            case NO_MODEL -> OllamaAnswer.error(404, "model 'conformance' does not exist, try pulling it first");
            case CONTEXT_LENGTH -> OllamaAnswer.error(400, "prompt is too long: it exceeds the context length");
            case RATE_LIMITED ->
                Script.status(429)
                        .header("Content-Type", "application/json")
                        .header("retry-after", "2")
                        .text(OllamaAnswer.errorBody("Rate limit reached for requests"))
                        .build();
            default -> OllamaAnswer.error(500, "The server had an error");
        };
    }
}
