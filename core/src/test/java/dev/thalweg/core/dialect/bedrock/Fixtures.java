package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.testkit.AwsFrame;
import java.util.List;

/** Streams and documents of Converse, as its documentation and recordings have them. */
final class Fixtures {
    static final byte[] TEXT = stream(
            "messageStart", "{\"p\":\"abc\",\"role\":\"assistant\"}",
            "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"\"},\"p\":\"ab\"}",
            "contentBlockStop", "{\"contentBlockIndex\":0,\"p\":\"ab\"}",
            "contentBlockDelta", "{\"contentBlockIndex\":1,\"delta\":{\"text\":\"Grüß\"}}",
            "contentBlockDelta", "{\"contentBlockIndex\":1,\"delta\":{\"text\":\" \\\"Gott\\\"\"}}",
            "contentBlockStop", "{\"contentBlockIndex\":1}",
            "messageStop",
                    "{\"p\":\"a\",\"stopReason\":\"stop_sequence\",\"additionalModelResponseFields\":{\"stop_sequence\":\"END\"}}",
            "metadata",
                    "{\"metrics\":{\"latencyMs\":512},\"trace\":{\"guardrail\":{\"x\":1}},\"usage\":{\"inputTokens\":10,"
                            + "\"outputTokens\":7,\"totalTokens\":3217,\"cacheReadInputTokenCount\":3000,"
                            + "\"cacheWriteInputTokens\":200}}");

    static final byte[] REASONING_AND_CALLS = stream(
            "messageStart", "{\"role\":\"assistant\"}",
            "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"Let me\"}}}",
            "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\" see.\"}}}",
            "contentBlockDelta",
                    "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"signature\":\"EqQB+/==\"}}}",
            "contentBlockStop", "{\"contentBlockIndex\":0}",
            "contentBlockDelta",
                    "{\"contentBlockIndex\":1,\"delta\":{\"reasoningContent\":{\"redactedContent\":\"QWIrLzk9\"}}}",
            "contentBlockStop", "{\"contentBlockIndex\":1}",
            "contentBlockStart",
                    "{\"contentBlockIndex\":2,\"start\":{\"toolUse\":{\"toolUseId\":\"tooluse_1\",\"name\":\"weather\"}}}",
            "contentBlockDelta",
                    "{\"contentBlockIndex\":2,\"delta\":{\"toolUse\":{\"input\":\"{\\\"city\\\": \\\"P\"}}}",
            "contentBlockDelta", "{\"contentBlockIndex\":2,\"delta\":{\"toolUse\":{\"input\":\"aris\\\"}\"}}}",
            "contentBlockStop", "{\"contentBlockIndex\":2}",
            "contentBlockStart",
                    "{\"contentBlockIndex\":3,\"start\":{\"toolUse\":{\"toolUseId\":\"tooluse_2\",\"name\":\"now\"}}}",
            "contentBlockStop", "{\"contentBlockIndex\":3}",
            "messageStop", "{\"stopReason\":\"tool_use\"}",
            "metadata", "{\"usage\":{\"inputTokens\":1,\"outputTokens\":2,\"totalTokens\":3}}");

    static final byte[] SERVER_TOOLS = stream(
            "messageStart", "{\"role\":\"assistant\"}",
            "contentBlockStart",
                    "{\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"name\":\"code\",\"toolUseId\":\"t1\","
                            + "\"type\":\"server_tool_use\"}}}",
            "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"toolUse\":{\"input\":\"{\\\"snippet\\\":\"}}}",
            "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"toolUse\":{\"input\":\"\\\"1+1\\\"}\"}}}",
            "contentBlockStop", "{\"contentBlockIndex\":0}",
            "contentBlockStart",
                    "{\"contentBlockIndex\":1,\"start\":{\"toolResult\":{\"status\":\"success\",\"toolUseId\":\"t1\"}}}",
            "contentBlockDelta", "{\"contentBlockIndex\":1,\"delta\":{\"toolResult\":[{\"json\":{\"stdOut\":\"2\"}}]}}",
            "contentBlockStop", "{\"contentBlockIndex\":1}",
            "contentBlockDelta",
                    "{\"contentBlockIndex\":2,\"delta\":{\"citation\":{\"title\":\"T\",\"sourceContent\":[{\"text\":\"words\"}],"
                            + "\"location\":{\"web\":{\"url\":\"https://e.org\",\"domain\":\"e.org\"}}}}}",
            "contentBlockDelta", "{\"contentBlockIndex\":2,\"delta\":{\"text\":\"Two.\"}}",
            "contentBlockStop", "{\"contentBlockIndex\":2}",
            "messageStop", "{\"stopReason\":\"end_turn\"}",
            "metadata", "{\"usage\":{\"inputTokens\":1,\"outputTokens\":2,\"totalTokens\":3}}");

    static final List<byte[]> STREAMS = List.of(TEXT, REASONING_AND_CALLS, SERVER_TOOLS);

    static final String ANSWER = """
            {"metrics":{"latencyMs":9},"output":{"message":{"role":"assistant","content":[
            {"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"Sg+/=="}}},
            {"reasoningContent":{"redactedContent":"QWIrLzk9"}},
            {"text":"I look."},
            {"citationsContent":{"content":[{"text":"Cited."}],"citations":[{"location":{"documentPage":{"start":1}}}]}},
            {"image":{"format":"png","source":{"bytes":"QUJD"}}},
            {"toolUse":{"toolUseId":"t1","name":"weather","input":{"city":"Paris"}}},
            {"toolUse":{"toolUseId":"t2","name":"code","input":{},"type":"server_tool_use"}}]}},
            "stopReason":"guardrail_intervened","trace":{"guardrail":{"x":1}},
            "usage":{"inputTokens":10,"outputTokens":5,"totalTokens":15,"cacheReadInputTokens":4}}""";

    static final String REQUEST = """
            {"messages":[
            {"role":"user","content":[{"text":"See"},{"cachePoint":{"type":"default","ttl":"1h"}},
            {"image":{"format":"png","source":{"bytes":"QUJD"}}},
            {"image":{"format":"jpeg","source":{"s3Location":{"uri":"s3://b/k.jpg","bucketOwner":"1"}}}},
            {"document":{"format":"pdf","name":"A page","source":{"bytes":"REVG"},"context":"c"}},
            {"video":{"format":"mp4","source":{"s3Location":{"uri":"s3://b/v.mp4"}}}}]},
            {"role":"assistant","content":[
            {"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"Sg+/=="}}},
            {"reasoningContent":{"redactedContent":"QWIrLzk9"}},
            {"text":"I look."},
            {"toolUse":{"toolUseId":"t1","name":"weather","input":{"city":"Paris"}}}]},
            {"role":"user","content":[{"toolResult":{"toolUseId":"t1","status":"error","content":[
            {"json":{"degrees":4}},{"text":"rain"}]}},{"text":"And?"}]}],
            "system":[{"text":"Be brief."},{"cachePoint":{"type":"default"}}],
            "inferenceConfig":{"maxTokens":9000,"topP":0.97,"stopSequences":["END"]},
            "toolConfig":{"tools":[{"toolSpec":{"name":"weather","description":"d","inputSchema":{"json":{"type":"object"}},
            "strict":true}},{"cachePoint":{"type":"default"}},{"systemTool":{"name":"nova_code_interpreter"}}],
            "toolChoice":{"auto":{}}},
            "additionalModelRequestFields":{"thinking":{"type":"enabled","budget_tokens":2000},"anthropic_beta":["x"]},
            "outputConfig":{"textFormat":{"type":"json_schema","structure":{"jsonSchema":{"name":"n","description":"D",
            "schema":"{\\"type\\":\\"object\\"}"}}}},
            "guardrailConfig":{"guardrailIdentifier":"g","guardrailVersion":"1"},
            "performanceConfig":{"latency":"optimized"},"requestMetadata":{"k":"v"}}""";

    private Fixtures() {}

    /** Frames of events: their types and data by turns. */
    static byte[] stream(String... typesAndData) {
        ByteBuilder stream = new ByteBuilder(256);
        for (int i = 0; i < typesAndData.length; i += 2) {
            stream.append(AwsFrame.event(typesAndData[i], typesAndData[i + 1]).bytes());
        }
        return stream.toBytes();
    }
}
