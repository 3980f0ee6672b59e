package dev.thalweg.core.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.ChatRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a caller says is what an upstream of the same protocol is told. */
class RequestRoundTripTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'input':[{'type':'message','role':'user','content':[{'type':'input_text','text':'Hi \\u2028 é'}]}]",
                "'instructions':'Be brief','input':[{'type':'message','role':'developer','content':[{'type':'input_text','text':'d'}]},"
                        + "{'type':'message','role':'user','content':[{'type':'input_text','text':'Hi'}]}]",
                "'input':[{'type':'message','role':'user','content':[{'type':'input_image','image_url':'https://x/y','detail':'low'},"
                        + "{'type':'input_image','file_id':'file_1'},{'type':'input_file','file_data':'data:application/pdf;base64,AA==',"
                        + "'filename':'a.pdf'},{'type':'input_file','file_url':'https://x/a.pdf'},{'type':'input_file','file_id':'f'},"
                        + "{'type':'input_audio','input_audio':{'data':'AA==','format':'mp3'}},{'type':'input_video','x':1.50}]}]",
                "'input':[{'type':'message','role':'assistant','phase':'commentary','content':[{'type':'output_text','text':'a'}]},"
                        + "{'type':'message','role':'assistant','phase':'final_answer','content':[{'type':'output_text','text':'b'}]},"
                        + "{'type':'message','role':'user','content':[{'type':'input_text','text':'c'}]},"
                        + "{'type':'message','role':'assistant','content':[{'type':'refusal','refusal':'no'}]}]",
                "'input':[{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'Hm'}],'encrypted_content':'gAAA/+=='},"
                        + "{'type':'reasoning','id':'rs_2','summary':[],'encrypted_content':'gB'},"
                        + "{'type':'function_call','call_id':'c1','name':'f','namespace':'n','arguments':'{\\'a\\':1}'},"
                        + "{'type':'custom_tool_call','call_id':'c2','name':'g','input':'free'},"
                        + "{'type':'function_call_output','call_id':'c1','output':'42'},"
                        + "{'type':'custom_tool_call_output','call_id':'c2','output':[{'type':'input_text','text':'t'},"
                        + "{'type':'input_image','image_url':'data:image/png;base64,AA=='}]}]",
                "'input':[{'type':'web_search_call','id':'ws','status':'completed','action':{'type':'search','query':'q'}},"
                        + "{'type':'computer_call_output','call_id':'c','output':{'type':'computer_screenshot','image_url':'u'}},"
                        + "{'type':'mcp_approval_response','approve':true,'approval_request_id':'r'},{'type':'compaction','encrypted_content':'x'}]",
                "'input':[],'instructions':'i','temperature':0.5,'top_p':0.25,'max_output_tokens':77,'parallel_tool_calls':false,"
                        + "'user':'u','metadata':{'k':'v'},'service_tier':'flex','store':true,'truncation':'auto','max_tool_calls':3,"
                        + "'safety_identifier':'s','prompt_cache_key':'k','previous_response_id':'resp_0','background':true,"
                        + "'stream_options':{'include_obfuscation':false},'brand_new':[1,2.50]",
                "'input':[],'instructions':'i','top_logprobs':2,'include':['message.output_text.logprobs','file_search_call.results']",
                "'input':[],'instructions':'i','reasoning':{'effort':'high','summary':'auto'},'text':{'format':{'type':'json_schema',"
                        + "'name':'n','description':'d','schema':{'type':'object'},'strict':true},'verbosity':'low'}",
                "'input':[],'instructions':'i','text':{'format':{'type':'json_object'}},'tool_choice':'required'",
                "'input':[],'instructions':'i','tools':[{'type':'function','name':'f','description':'d','parameters':{'type':'object'},"
                        + "'strict':true,'defer_loading':true},{'type':'web_search','search_context_size':'low'},"
                        + "{'type':'custom','name':'g','format':{'type':'text'}}],'tool_choice':{'type':'custom','name':'g'}",
                "'input':[],'instructions':'i','tools':[{'type':'function','name':'f','parameters':{},'strict':false}],"
                        + "'tool_choice':{'type':'function','name':'f'}",
                "'input':[],'instructions':'i','tool_choice':{'type':'allowed_tools','mode':'auto','tools':[{'type':'function','name':'f'}]}"
            })
    void aRequestKeepsItsMeaning(String members) {
        String json = "{'model':'gpt-4o',".replace('\'', '"') + quoted(members) + "}";
        Warnings warnings = new Warnings();
        JsonNode written = write(read(json), warnings);
        JsonNode expected = JsonMapper.shared().readTree(json);
        if (!expected.has("store")) {
            assertThat(written.path("store").asBoolean(true)).isFalse();
            ((tools.jackson.databind.node.ObjectNode) written).remove("store");
        }
        assertThat(canonical(written)).isEqualTo(canonical(expected));
        assertThat(warnings.all()).isEmpty();
    }

    private static String canonical(JsonNode node) {
        return JsonMapper.builder()
                .enable(tools.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build()
                .writeValueAsString(JsonMapper.shared().convertValue(node, Object.class))
                .replace(
                        "\"file_search_call.results\",\"message.output_text.logprobs\"",
                        "\"message.output_text.logprobs\"," + "\"file_search_call.results\"");
    }

    /** Apostrophes for quotes; an escaped one stands for an escaped quote. */
    static String quoted(String json) {
        return json.replace("\\'", "\\\"").replace('\'', '"');
    }

    static ChatRequest read(String json) {
        byte[] bytes = ("xx" + json + "yy").getBytes(StandardCharsets.UTF_8);
        return ResponsesDialect.INSTANCE.readRequest(bytes, 2, bytes.length - 4);
    }

    static JsonNode write(ChatRequest request, Warnings warnings) {
        return write(request, "gpt-4o", warnings);
    }

    static JsonNode write(ChatRequest request, String model, Warnings warnings) {
        return JsonMapper.shared()
                .readTree(ResponsesDialect.INSTANCE.writeRequest(
                        request, Providers.all().get(0), model, false, warnings));
    }
}
