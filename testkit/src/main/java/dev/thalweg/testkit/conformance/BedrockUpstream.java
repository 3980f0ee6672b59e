package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.AwsFrame;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** AWS Bedrock, asked by Converse. */
final class BedrockUpstream implements Upstream {
    private static final String OVERLOADED = "The engine is overloaded, try again later.";

    @Override
    public Protocol protocol() {
        return Protocol.BEDROCK;
    }

    @Override
    public String model() {
        return "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    }

    @Override
    public Ask received(RecordedRequest request) {
        return BedrockReceived.read(request);
    }

    @Override
    public Script answer(Reply reply, RecordedRequest request) {
        if (reply.fault.isStatus()) {
            return error(reply.fault);
        }
        if (!request.target().endsWith("/converse-stream")) {
            return reply.fault == Fault.FIRST_EVENT
                    ? error(503, "ServiceUnavailableException", OVERLOADED, Map.of())
                    : Replies.whole(whole(reply).toString(), reply);
        }
        ScriptBuilder script = Script.awsFrames();
        if (reply.noisy(Reply.Noise.SPLIT)) {
            script.split(1);
        }
        for (ScriptEvent event : events(reply)) {
            String data = reply.noisy(Reply.Noise.UNKNOWN)
                    ? "{\"future_field\":{\"kind\":[1,null]}," + event.data().substring(1)
                    : event.data();
            script.frame(event.name(), data);
        }
        if (reply.fault == Fault.FIRST_EVENT || reply.fault == Fault.AFTER_CONTENT) {
            script.frame(AwsFrame.exception("serviceUnavailableException", "{\"message\":\"" + OVERLOADED + "\"}"));
        }
        return switch (reply.fault) {
            case CUT -> script.fin().build();
            case STALL -> script.hang().build();
            default -> script.build();
        };
    }

    private static List<ScriptEvent> events(Reply reply) {
        var events = new ArrayList<ScriptEvent>();
        if (reply.fault == Fault.FIRST_EVENT) {
            return events;
        }
        events.add(event("messageStart", Nodes.object().put("role", "assistant")));
        int index = 0;
        for (Reasoned one : reply.reasoning) {
            reasoning(events, index++, one);
        }
        if (!reply.text.isEmpty()) {
            for (String piece : reply.text) {
                events.add(delta(index, Nodes.object().put("text", piece)));
            }
            if (!reply.fault.hasContent()) {
                events.add(stop(index++));
            }
        }
        for (ToolCall call : reply.calls) {
            call(events, index++, call);
        }
        if (reply.noisy(Reply.Noise.UNKNOWN)) {
            events.add(event("futureEvent", Nodes.object().put("kind", 1)));
        }
        if (!reply.fault.hasContent()) {
            events.add(event("messageStop", Nodes.object().put("stopReason", reason(reply))));
            ObjectNode metadata = Nodes.object();
            metadata.set("usage", usage(reply.tokens));
            metadata.putObject("metrics").put("latencyMs", 512);
            events.add(event("metadata", metadata));
        }
        return events;
    }

    private static void reasoning(List<ScriptEvent> events, int index, Reasoned one) {
        for (String piece : one.pieces()) {
            events.add(delta(index, reasoned("text", piece)));
        }
        if (!one.proof().isEmpty()) {
            events.add(delta(index, reasoned(one.isSealed() ? "redactedContent" : "signature", one.proof())));
        }
        events.add(stop(index));
    }

    private static ObjectNode reasoned(String member, String value) {
        ObjectNode delta = Nodes.object();
        delta.putObject("reasoningContent").put(member, value);
        return delta;
    }

    private static void call(List<ScriptEvent> events, int index, ToolCall call) {
        ObjectNode start = Nodes.object().put("contentBlockIndex", index);
        start.putObject("start")
                .putObject("toolUse")
                .put("toolUseId", call.id())
                .put("name", call.name());
        events.add(event("contentBlockStart", start));
        for (String piece : call.pieces()) {
            ObjectNode delta = Nodes.object();
            delta.putObject("toolUse").put("input", piece);
            events.add(delta(index, delta));
        }
        events.add(stop(index));
    }

    private static ScriptEvent delta(int index, ObjectNode delta) {
        ObjectNode data = Nodes.object().put("contentBlockIndex", index);
        data.set("delta", delta);
        return event("contentBlockDelta", data);
    }

    private static ScriptEvent stop(int index) {
        return event("contentBlockStop", Nodes.object().put("contentBlockIndex", index));
    }

    /** One event, padded as the real ones are. */
    private static ScriptEvent event(String type, ObjectNode data) {
        return new ScriptEvent(type, data.put("p", "abcdefghij").toString());
    }

    private static ObjectNode whole(Reply reply) {
        ObjectNode answer = Nodes.object();
        ArrayNode content = answer.putObject("output")
                .putObject("message")
                .put("role", "assistant")
                .putArray("content");
        for (Reasoned one : reply.reasoning) {
            ObjectNode block = content.addObject().putObject("reasoningContent");
            if (one.isSealed()) {
                block.put("redactedContent", one.proof());
            } else {
                ObjectNode words = block.putObject("reasoningText").put("text", one.text());
                if (!one.proof().isEmpty()) {
                    words.put("signature", one.proof());
                }
            }
        }
        if (!reply.text.isEmpty()) {
            content.addObject().put("text", reply.wholeText());
        }
        for (ToolCall call : reply.calls) {
            content.addObject()
                    .putObject("toolUse")
                    .put("toolUseId", call.id())
                    .put("name", call.name())
                    .set("input", Nodes.read(call.arguments()));
        }
        answer.put("stopReason", reason(reply));
        answer.set("usage", usage(reply.tokens));
        answer.putObject("metrics").put("latencyMs", 512);
        return answer;
    }

    private static ObjectNode usage(Tokens tokens) {
        ObjectNode usage = Nodes.object().put("inputTokens", tokens.input() - tokens.cached());
        usage.put("outputTokens", tokens.output()).put("totalTokens", tokens.input() + tokens.output());
        return usage.put("cacheReadInputTokens", tokens.cached()).put("cacheWriteInputTokens", 0);
    }

    private static String reason(Reply reply) {
        return switch (reply.finish) {
            case STOP -> "end_turn";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER -> "guardrail_intervened";
        };
    }

    private static Script error(Fault fault) {
        return switch (fault) {
            case BAD_REQUEST -> error(400, "ValidationException", "The value of temperature is out of range", Map.of());
            case UNAUTHORIZED ->
                error(401, "UnrecognizedClientException", "Incorrect API key or security token", Map.of());
            case NO_MODEL -> error(404, "ResourceNotFoundException", "This model does not exist.", Map.of());
            case CONTEXT_LENGTH ->
                error(400, "ValidationException", "Input is too long for requested model.", Map.of());
            case RATE_LIMITED ->
                error(429, "ThrottlingException", "Rate limit reached for requests", Map.of("retry-after", "2"));
            default -> error(500, "InternalServerException", "The server had an error", Map.of());
        };
    }

    private static Script error(int status, String type, String message, Map<String, String> headers) {
        ScriptBuilder script = Script.status(status)
                .header("Content-Type", "application/json")
                .header("x-amzn-ErrorType", type + ":http://internal.amazon.com/coral/com.amazon.bedrock/");
        headers.forEach(script::header);
        return script.text(Nodes.object().put("message", message).toString()).build();
    }
}
