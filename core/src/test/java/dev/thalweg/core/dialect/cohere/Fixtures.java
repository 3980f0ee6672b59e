package dev.thalweg.core.dialect.cohere;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Streams, answers and a request, written by hand after the protocol's description. */
final class Fixtures {
    private static final String START = """
            event: message-start
            data: {"type":"message-start","id":"id-1","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}

            """;

    private static final String DONE = """
            data: [DONE]

            """;

    /** Thinking, then text that cites a page and what a tool gave back, with probabilities. */
    static final String TEXT = START + """
            event: content-start
            data: {"type":"content-start","index":0,"delta":{"message":{"content":{"type":"thinking","thinking":""}}}}

            event: content-delta
            data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"thinking":"Hm."}}}}

            event: content-end
            data: {"type":"content-end","index":0}

            event: content-start
            data: {"type":"content-start","index":1,"delta":{"message":{"content":{"type":"text","text":""}}}}

            event: content-delta
            data: {"type":"content-delta","index":1,"delta":{"message":{"content":{"text":"Grüß"}}},"logprobs":{"text":"Grüß","token_ids":[1,2],"logprobs":[-0.25,-0.5]}}

            event: content-delta
            data: {"type":"content-delta","index":1,"delta":{"message":{"content":{"text":" \\"Gott\\""}}}}

            event: citation-start
            data: {"type":"citation-start","index":0,"delta":{"message":{"citations":{"start":0,"end":4,"text":"Grüß","sources":[{"type":"document","id":"doc:0","document":{"id":"doc:0","url":"https://e.org","title":"T"}}],"type":"TEXT_CONTENT"}}}}

            event: citation-end
            data: {"type":"citation-end","index":0}

            event: citation-start
            data: {"type":"citation-start","index":1,"delta":{"message":{"citations":{"start":5,"end":9,"text":"Gott","sources":[{"type":"tool","id":"t:0","tool_output":{"x":1}}],"type":"TEXT_CONTENT"}}}}

            event: citation-end
            data: {"type":"citation-end","index":1}

            event: content-end
            data: {"type":"content-end","index":1}

            event: message-end
            data: {"type":"message-end","delta":{"finish_reason":"STOP_SEQUENCE","usage":{"billed_units":{"input_tokens":11,"output_tokens":5},"tokens":{"input_tokens":506,"output_tokens":9},"cached_tokens":448}}}

            """ + DONE;

    /** A plan, a call with arguments, one without and one whose arguments begin like none. */
    static final String CALLS = START + """
            event: tool-plan-delta
            data: {"type":"tool-plan-delta","delta":{"message":{"tool_plan":"I will"}}}

            event: tool-plan-delta
            data: {"type":"tool-plan-delta","delta":{"message":{"tool_plan":" look."}}}

            event: tool-call-start
            data: {"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"w1","type":"function","function":{"name":"weather","arguments":""}}}}}

            event: tool-call-delta
            data: {"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{\\"city\\":"}}}}}

            event: tool-call-delta
            data: {"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"\\"Bern\\"}"}}}}}

            event: tool-call-end
            data: {"type":"tool-call-end","index":0}

            event: tool-call-start
            data: {"type":"tool-call-start","index":1,"delta":{"message":{"tool_calls":{"id":"n1","type":"function","function":{"name":"now","arguments":""}}}}}

            event: tool-call-delta
            data: {"type":"tool-call-delta","index":1,"delta":{"message":{"tool_calls":{"function":{"arguments":"nu"}}}}}

            event: tool-call-delta
            data: {"type":"tool-call-delta","index":1,"delta":{"message":{"tool_calls":{"function":{"arguments":"ll"}}}}}

            event: tool-call-end
            data: {"type":"tool-call-end","index":1}

            event: message-end
            data: {"type":"message-end","delta":{"finish_reason":"TOOL_CALL","usage":{"tokens":{"input_tokens":20,"output_tokens":7}}}}

            """ + DONE;

    static final List<String> STREAMS = List.of(TEXT, CALLS);

    /** A whole answer with what {@link #TEXT} has. */
    static final String ANSWER = """
            {"id":"id-1","finish_reason":"STOP_SEQUENCE","message":{"role":"assistant","content":[
             {"type":"thinking","thinking":"Hm."},{"type":"text","text":"Grüß \\"Gott\\""}],
             "citations":[{"start":0,"end":4,"text":"Grüß","sources":[{"type":"document","id":"doc:0","document":{"id":"doc:0","url":"https://e.org","title":"T"}}],"type":"TEXT_CONTENT"},
              {"start":5,"end":9,"text":"Gott","sources":[{"type":"tool","id":"t:0","tool_output":{"x":1}}],"type":"TEXT_CONTENT"}]},
             "logprobs":[{"text":"Grüß","token_ids":[1,2],"logprobs":[-0.25,-0.5]}],
             "usage":{"billed_units":{"input_tokens":11,"output_tokens":5},"tokens":{"input_tokens":506,"output_tokens":9},"cached_tokens":448}}""";

    /** A whole answer with what {@link #CALLS} has. */
    static final String CALLS_ANSWER = """
            {"id":"id-1","finish_reason":"TOOL_CALL","message":{"role":"assistant","tool_plan":"I will look.","tool_calls":[
             {"id":"w1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Bern\\"}"}},
             {"id":"n1","type":"function","function":{"name":"now","arguments":"null"}}]},
             "usage":{"tokens":{"input_tokens":20,"output_tokens":7}}}""";

    /** A request with one of everything. */
    static final String REQUEST = """
            {"model":"command-a-plus","messages":[
              {"role":"system","content":"Be kind."},
              {"role":"user","content":[{"type":"text","text":"What is this?"},
               {"type":"image_url","image_url":{"url":"https://e.org/a.png","detail":"low"}}]},
              {"role":"assistant","tool_plan":"I look.","tool_calls":[
               {"id":"w1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Bern\\"}"}}]},
              {"role":"tool","tool_call_id":"w1","content":"rain"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"It rains."}],
               "citations":[{"start":3,"end":8,"text":"rains","sources":[]}]},
              {"role":"user","content":"Well?"}],
             "stream":true,
             "tools":[{"type":"function","function":{"name":"weather","description":"The weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],
             "strict_tools":true,"tool_choice":"REQUIRED","max_tokens":900,"temperature":0.5,"p":0.75,"k":40,"seed":7,
             "frequency_penalty":0.25,"presence_penalty":1.0,"logprobs":true,"stop_sequences":["END"],
             "response_format":{"type":"json_object","json_schema":{"type":"object"}},
             "thinking":{"type":"enabled","token_budget":2000},
             "documents":[{"id":"d","data":{"text":"x"}}],"citation_options":{"mode":"FAST"},"safety_mode":"STRICT"}""";

    private Fixtures() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
