package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A provider of Gemini's API. Signatures come with the last words they vouch for. */
final class GeminiUpstream implements Upstream {
    private static final ScriptEvent PING = new ScriptEvent("", "keep-alive");
    private static final String OVERLOADED = "The engine is overloaded, try again later.";

    @Override
    public Protocol protocol() {
        return Protocol.GEMINI;
    }

    @Override
    public String model() {
        return "gemini-3-pro-preview";
    }

    @Override
    public Ask received(RecordedRequest request) {
        return GeminiReceived.read(request);
    }

    @Override
    public Script answer(Reply reply, RecordedRequest request) {
        if (reply.fault.isStatus()) {
            return error(reply.fault);
        }
        if (request.target().contains(":streamGenerateContent")) {
            return Replies.stream(events(reply), reply, PING);
        }
        return reply.fault == Fault.FIRST_EVENT
                ? Script.json(503, errorBody(503, "UNAVAILABLE", OVERLOADED))
                : Replies.whole(whole(reply), reply);
    }

    private static List<ScriptEvent> events(Reply reply) {
        var events = new ArrayList<ScriptEvent>();
        if (reply.fault != Fault.FIRST_EVENT) {
            for (int choice = 0; choice < reply.choices; choice++) {
                for (ObjectNode part : parts(reply)) {
                    ObjectNode chunk = Nodes.object();
                    candidate(chunk.putArray("candidates"), choice, List.of(part));
                    ObjectNode unused = head(chunk);
                    events.add(new ScriptEvent("", line(chunk)));
                }
            }
            if (!reply.fault.hasContent()) {
                events.add(new ScriptEvent("", line(last(reply))));
            }
        }
        if (reply.fault == Fault.FIRST_EVENT || reply.fault == Fault.AFTER_CONTENT) {
            events.add(new ScriptEvent("", errorBody(503, "UNAVAILABLE", OVERLOADED)));
        }
        return events;
    }

    private static String line(ObjectNode chunk) {
        return chunk.toString()
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029")
                .replace("\u0085", "\\u0085");
    }

    private static ObjectNode last(Reply reply) {
        ObjectNode chunk = Nodes.object();
        ArrayNode candidates = chunk.putArray("candidates");
        for (int choice = 0; choice < reply.choices; choice++) {
            ObjectNode nothing = Nodes.object().put("text", "");
            candidate(candidates, choice, List.of(nothing)).put("finishReason", finish(reply));
        }
        usage(chunk, reply.tokens);
        return head(chunk);
    }

    private static String whole(Reply reply) {
        ObjectNode answer = Nodes.object();
        ArrayNode candidates = answer.putArray("candidates");
        for (int choice = 0; choice < reply.choices; choice++) {
            candidate(candidates, choice, parts(reply)).put("finishReason", finish(reply));
        }
        usage(answer, reply.tokens);
        return head(answer).toString();
    }

    private static List<ObjectNode> parts(Reply reply) {
        var parts = new ArrayList<ObjectNode>();
        for (Reasoned one : reply.reasoning) {
            for (String piece : one.pieces()) {
                parts.add(Nodes.object().put("text", piece).put("thought", true));
            }
            if (!one.proof().isEmpty()) {
                parts.getLast().put("thoughtSignature", one.proof());
            }
        }
        reply.text.forEach(piece -> parts.add(Nodes.object().put("text", piece)));
        for (ToolCall call : reply.calls) {
            ObjectNode part = Nodes.object();
            part.putObject("functionCall")
                    .put("id", call.id())
                    .put("name", call.name())
                    .set("args", Nodes.read(call.arguments()));
            parts.add(part);
        }
        if (reply.noisy(Reply.Noise.UNKNOWN)) {
            ObjectNode part = Nodes.object();
            part.putObject("futurePart").put("kind", 1);
            parts.add(part);
        }
        return parts;
    }

    private static ObjectNode candidate(ArrayNode candidates, int index, List<ObjectNode> parts) {
        ObjectNode candidate = candidates.addObject();
        ObjectNode content = candidate.putObject("content");
        content.putArray("parts").addAll(parts);
        content.put("role", "model");
        return candidate.put("index", index);
    }

    private static ObjectNode head(ObjectNode chunk) {
        return chunk.put("modelVersion", "gemini-3-pro-preview").put("responseId", "QUVVadTSNJ6_qtsPvN7J8Q0");
    }

    private static void usage(ObjectNode chunk, Tokens tokens) {
        ObjectNode usage = chunk.putObject("usageMetadata");
        usage.put("promptTokenCount", tokens.input());
        usage.put("candidatesTokenCount", tokens.output() - tokens.reasoning());
        usage.put("totalTokenCount", tokens.input() + tokens.output());
        if (tokens.cached() > 0) {
            usage.put("cachedContentTokenCount", tokens.cached());
        }
        if (tokens.reasoning() > 0) {
            usage.put("thoughtsTokenCount", tokens.reasoning());
        }
    }

    private static String finish(Reply reply) {
        return switch (reply.finish) {
            case LENGTH -> "MAX_TOKENS";
            case CONTENT_FILTER -> "SAFETY";
            default -> "STOP"; // for calls, too
        };
    }

    private static Script error(Fault fault) {
        return switch (fault) {
            case BAD_REQUEST -> error(400, "INVALID_ARGUMENT", "temperature: the value is out of range");
            case UNAUTHORIZED -> error(401, "UNAUTHENTICATED", "Incorrect API key");
            case NO_MODEL -> error(404, "NOT_FOUND", "models/conformance does not exist");
            case CONTEXT_LENGTH ->
                error(
                        400,
                        "INVALID_ARGUMENT",
                        "The input is too long: its token count (200001) exceeds the maximum number of tokens allowed (200000).");
            case RATE_LIMITED -> rateLimited();
            default -> error(500, "INTERNAL", "The server had an error");
        };
    }

    /** The wait is told in the body. */
    private static Script rateLimited() {
        ObjectNode body = (ObjectNode) Nodes.read(errorBody(429, "RESOURCE_EXHAUSTED", "Rate limit reached"));
        ObjectNode error = (ObjectNode) body.path("error");
        error.putArray("details")
                .addObject()
                .put("@type", "type.googleapis.com/google.rpc.RetryInfo")
                .put("retryDelay", "2s");
        return Script.json(429, body.toString());
    }

    private static Script error(int status, String word, String message) {
        return Script.json(status, errorBody(status, word, message));
    }

    private static String errorBody(int status, String word, String message) {
        ObjectNode body = Nodes.object();
        body.putObject("error").put("code", status).put("message", message).put("status", word);
        return body.toString();
    }
}
