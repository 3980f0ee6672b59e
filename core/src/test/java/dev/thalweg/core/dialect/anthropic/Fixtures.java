package dev.thalweg.core.dialect.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Streams and requests, written by hand after the protocol's description. */
final class Fixtures {
    private static final String START = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":200,"cache_read_input_tokens":3000,"cache_creation":{"ephemeral_5m_input_tokens":150,"ephemeral_1h_input_tokens":50},"output_tokens":1,"service_tier":"standard"}}   }

            """;

    private static final String STOP = """
            event: message_stop
            data: {"type":"message_stop"  }

            """;

    /** Text, with pings, padding and an umlaut. */
    static final String TEXT = START + """
            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}  }

            event: ping
            data: {"type": "ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüß"}    }

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" \\"Gott\\""}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0 }

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"stop_sequence","stop_sequence":"END"},"usage":{"output_tokens":7}  }

            """ + STOP;

    /** Thinking with its signature, encrypted thinking, text, a call with arguments and one without. */
    static final String THINKING_AND_CALLS = START + """
            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Let me"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":" see."}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB+/=="}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"Ab+/9=="}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"I look."}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":2}

            event: content_block_start
            data: {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\": \\"P"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"aris\\"}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":3}

            event: content_block_start
            data: {"type":"content_block_start","index":4,"content_block":{"type":"tool_use","id":"toolu_2","name":"now","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":4,"delta":{"type":"input_json_delta","partial_json":""}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":4}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":11,"cache_creation_input_tokens":200,"cache_read_input_tokens":3000,"output_tokens":90,"output_tokens_details":{"thinking_tokens":40}}}

            """ + STOP;

    /** A search at the provider, and a text that cites what it found and a document. */
    static final String SEARCH = START + """
            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"query\\""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":":\\"é\\"}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result","title":"T","url":"https://e.org","encrypted_content":"Xx=="}]}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"citations":[],"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location","cited_text":"words","url":"https://e.org","title":"T","encrypted_index":"Ei=="}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"type":"page_location","cited_text":"p","document_index":0,"document_title":null,"start_page_number":1,"end_page_number":2}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Found."}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":2}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null,"stop_details":null,"container":{"id":"c1"}},"usage":{"output_tokens":20,"server_tool_use":{"web_search_requests":1}},"context_management":{"applied_edits":[]}}

            """ + STOP;

    static final List<String> STREAMS = List.of(TEXT, THINKING_AND_CALLS, SEARCH);

    /** A whole answer with what {@link #THINKING_AND_CALLS} has. */
    static final String ANSWER = """
            {"id":"msg_01","type":"message","role":"assistant","model":"claude-x","content":[
             {"type":"thinking","thinking":"Let me see.","signature":"EqQB+/=="},
             {"type":"redacted_thinking","data":"Ab+/9=="},
             {"type":"text","text":"I look."},
             {"type":"tool_use","id":"toolu_1","name":"weather","input":{"city": "Paris"}},
             {"type":"tool_use","id":"toolu_2","name":"now","input":{}}],
             "stop_reason":"tool_use","stop_sequence":null,
             "usage":{"input_tokens":11,"cache_creation_input_tokens":200,"cache_read_input_tokens":3000,"output_tokens":90,
              "output_tokens_details":{"thinking_tokens":40}}}""";

    /** A request with one of everything. */
    static final String REQUEST = """
            {"model":"claude-sonnet-4-5","max_tokens":9000,"system":[{"type":"text","text":"Be kind.","cache_control":{"type":"ephemeral"}}],
             "messages":[
              {"role":"user","content":[{"type":"text","text":"What is this?"},
               {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw=="}},
               {"type":"image","source":{"type":"url","url":"https://e.org/a.png"},"cache_control":{"type":"ephemeral","ttl":"1h"}},
               {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="},"title":"A","citations":{"enabled":true}},
               {"type":"document","source":{"type":"text","media_type":"text/plain","data":"Grüße"},"context":"c"},
               {"type":"document","source":{"type":"file","file_id":"file_1"}}]},
              {"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"Sg+/=="},{"type":"redacted_thinking","data":"Rd=="},
               {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"x"}},
               {"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[]},
               {"type":"text","text":"I look."},
               {"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Paris","n":1.50}},
               {"type":"tool_use","id":"toolu_2","name":"now","input":{},"cache_control":{"type":"ephemeral"}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":[{"type":"text","text":"sun"}]},
               {"type":"tool_result","tool_use_id":"toolu_2","content":[{"type":"text","text":"broken"},
                {"type":"image","source":{"type":"url","url":"https://e.org/b.png"}}],"is_error":true},
               {"type":"text","text":"Well?"}]}],
             "tools":[{"name":"weather","description":"The weather","input_schema":{"type":"object","properties":{"city":{"type":"string"}}},"strict":true,"cache_control":{"type":"ephemeral"}},
              {"name":"now","input_schema":{"type":"object"}},
              {"type":"web_search_20250305","name":"web_search","max_uses":2}],
             "tool_choice":{"type":"auto","disable_parallel_tool_use":true},
             "thinking":{"type":"enabled","budget_tokens":2000},"temperature":1.0,"stop_sequences":["END"],
             "output_config":{"format":{"type":"json_schema","schema":{"type":"object","additionalProperties":false}}},
             "metadata":{"user_id":"u1"},"service_tier":"standard_only","stream":true,
             "context_management":{"edits":[]},"mcp_servers":[{"type":"url","url":"https://m","name":"m"}]}""";

    private Fixtures() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
