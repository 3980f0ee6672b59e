package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A provider of Cohere's chat API, version 2. What it thought before calls comes as its plan, as from models that do not reason. */
final class CohereUpstream implements Upstream {
    private static final ScriptEvent PING = new ScriptEvent("", "keep-alive");
    private static final String OVERLOADED = "The engine is overloaded, try again later.";

    @Override
    public Protocol protocol() {
        return Protocol.COHERE;
    }

    @Override
    public String model() {
        return "command-a-reasoning-08-2025";
    }

    @Override
    public Ask received(RecordedRequest request) {
        return CohereReceived.read(request);
    }

    @Override
    public Script answer(Reply reply, RecordedRequest request) {
        if (reply.fault.isStatus()) {
            return error(reply.fault);
        }
        if (!Nodes.read(request.bodyText()).path("stream").asBoolean(false)) {
            return reply.fault == Fault.FIRST_EVENT
                    ? Script.json(200, errorBody(OVERLOADED))
                    : Replies.whole(whole(reply), reply);
        }
        return Replies.stream(events(reply), reply, PING);
    }

    private static String whole(Reply reply) {
        ObjectNode answer = Nodes.object().put("id", "c14c80c3-18eb-4519-9460-6c92edd8cfb4");
        ObjectNode message =
                answer.put("finish_reason", finish(reply)).putObject("message").put("role", "assistant");
        boolean plans = !reply.calls.isEmpty();
        if (plans) {
            message.put("tool_plan", reply.wholeReasoning());
        } else if (!reply.reasoning.isEmpty()) {
            message.withArray("content").addObject().put("type", "thinking").put("thinking", reply.wholeReasoning());
        }
        if (!reply.text.isEmpty()) {
            message.withArray("content").addObject().put("type", "text").put("text", reply.wholeText());
        }
        for (ToolCall call : reply.calls) {
            ObjectNode into = message.withArray("tool_calls").addObject();
            CohereMessage.call(into, call);
            if (call.pieces().isEmpty()) {
                ((ObjectNode) into.path("function")).put("arguments", "null");
            }
        }
        answer.set("usage", usage(reply.tokens));
        return answer.toString();
    }

    private static List<ScriptEvent> events(Reply reply) {
        var events = new ArrayList<ScriptEvent>();
        if (reply.fault == Fault.FIRST_EVENT) {
            events.add(failure());
            return events;
        }
        start(events);
        content(events, reply);
        calls(events, reply);
        if (reply.noisy(Reply.Noise.UNKNOWN)) {
            events.add(event("debug", Nodes.object().put("prompt", "<s>")));
        }
        if (reply.fault == Fault.AFTER_CONTENT) {
            events.add(failure());
        }
        if (!reply.fault.hasContent()) {
            ObjectNode delta = Nodes.object().put("finish_reason", finish(reply));
            delta.set("usage", usage(reply.tokens));
            events.add(event("message-end", Nodes.object().set("delta", delta)));
            events.add(new ScriptEvent("", "[DONE]"));
        }
        return events;
    }

    private static void start(List<ScriptEvent> events) {
        ObjectNode message = Nodes.object().put("role", "assistant").put("tool_plan", "");
        for (String list : List.of("content", "tool_calls", "citations")) {
            message.putArray(list);
        }
        ObjectNode data = Nodes.object().put("id", "29f14a5a-11de-4cae-9800-25e4747408ea");
        data.putObject("delta").set("message", message);
        events.add(event("message-start", data));
    }

    private static void content(List<ScriptEvent> events, Reply reply) {
        boolean plans = !reply.calls.isEmpty();
        int index = 0;
        for (Reasoned one : reply.reasoning) {
            if (plans) {
                one.pieces().forEach(piece -> events.add(delta("tool-plan-delta", -1, "tool_plan", piece)));
            } else {
                block(events, index++, "thinking", one.pieces(), true);
            }
        }
        if (!reply.text.isEmpty()) {
            block(events, index, "text", reply.text, !reply.fault.hasContent());
        }
    }

    private static void block(List<ScriptEvent> events, int index, String type, List<String> pieces, boolean ends) {
        ObjectNode begun = Nodes.object().put("type", type).put(type, "");
        events.add(delta("content-start", index, "content", begun));
        for (String piece : pieces) {
            events.add(delta("content-delta", index, "content", Nodes.object().put(type, piece)));
        }
        if (ends) {
            events.add(event("content-end", Nodes.object().put("index", index)));
        }
    }

    private static void calls(List<ScriptEvent> events, Reply reply) {
        int index = 0;
        for (ToolCall call : reply.calls) {
            ObjectNode begun = Nodes.object();
            CohereMessage.call(begun, call);
            ((ObjectNode) begun.path("function")).put("arguments", "");
            events.add(delta("tool-call-start", index, "tool_calls", begun));
            for (String piece : call.pieces().isEmpty() ? List.of("null") : call.pieces()) {
                ObjectNode grown = Nodes.object();
                grown.putObject("function").put("arguments", piece);
                events.add(delta("tool-call-delta", index, "tool_calls", grown));
            }
            events.add(event("tool-call-end", Nodes.object().put("index", index++)));
        }
    }

    private static ScriptEvent delta(String type, int index, String member, Object value) {
        ObjectNode data = Nodes.object();
        if (index >= 0) {
            data.put("index", index);
        }
        ObjectNode message = data.putObject("delta").putObject("message");
        if (value instanceof JsonNode node) {
            message.set(member, node);
        } else {
            message.put(member, String.valueOf(value));
        }
        return event(type, data);
    }

    private static ScriptEvent event(String type, JsonNode data) {
        String json = ((ObjectNode) data).put("type", type).toString();
        for (char separator : new char[] {'\u2028', '\u2029', '\u0085'}) {
            json = json.replace(String.valueOf(separator), "\\u%04x".formatted((int) separator));
        }
        return new ScriptEvent(type, json);
    }

    private static ScriptEvent failure() {
        ObjectNode data = Nodes.object();
        data.putObject("delta").put("error", OVERLOADED).put("finish_reason", "ERROR");
        return event("message-end", data);
    }

    /** Beside what is billed stands what the model read with Cohere's own instructions. */
    private static ObjectNode usage(Tokens tokens) {
        ObjectNode usage = Nodes.object();
        usage.putObject("billed_units").put("input_tokens", tokens.input()).put("output_tokens", tokens.output());
        usage.putObject("tokens").put("input_tokens", tokens.input() + 480).put("output_tokens", tokens.output() + 3);
        return usage;
    }

    private static String finish(Reply reply) {
        return switch (reply.finish) {
            case STOP -> "COMPLETE";
            case LENGTH -> "MAX_TOKENS";
            case TOOL_CALLS -> "TOOL_CALL";
            case CONTENT_FILTER -> throw new IllegalArgumentException("this protocol has no such end");
        };
    }

    private static String errorBody(String message) {
        return Nodes.object()
                .put("id", "8bd5b608-887c-49f7-a6b3-d3bd5830c3de")
                .put("message", message)
                .toString();
    }

    private static Script error(Fault fault) {
        return switch (fault) {
            case BAD_REQUEST -> Script.json(400, errorBody("invalid request: temperature is out of range."));
            case UNAUTHORIZED -> Script.json(401, errorBody("Incorrect API key: invalid api token"));
            case NO_MODEL -> Script.json(404, errorBody("model 'conformance' does not exist."));
            case CONTEXT_LENGTH ->
                Script.json(
                        400,
                        errorBody("too many tokens: the prompt is too long: size limit exceeded by 11326 tokens."
                                + " The limit for this model is 256000 tokens."));
            case RATE_LIMITED ->
                Script.status(429)
                        .header("Content-Type", "application/json")
                        .header("retry-after", "2")
                        .text(errorBody("Rate limit reached: 20 API calls a minute"))
                        .build();
            default -> Script.json(500, errorBody("The server had an error"));
        };
    }
}
