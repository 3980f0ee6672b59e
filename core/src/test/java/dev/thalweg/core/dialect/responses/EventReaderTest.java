package dev.thalweg.core.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.Cuts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static final String CREATED =
            "{'type':'response.created','sequence_number':0,'response':{'id':'resp_1','object':'response','created_at':7,"
                    + "'status':'in_progress','model':'m','output':[],'usage':null,'error':null}}";
    private static final String COMPLETED =
            "{'type':'response.completed','response':{'id':'resp_1','status':'completed','model':'m','output':[],"
                    + "'usage':{'input_tokens':9,'output_tokens':3,'total_tokens':12,'input_tokens_details':{'cached_tokens':4,"
                    + "'cache_write_tokens':2},'output_tokens_details':{'reasoning_tokens':1}},'service_tier':'default'}}";
    private static final String CALL =
            "{'type':'response.output_item.added','output_index':0,'item':{'type':'function_call','id':'fc_1',"
                    + "'call_id':'call_1','name':'f','arguments':'','status':'in_progress'}}";

    @Test
    void textComesInPiecesAndNotAgainWhole() {
        assertThat(Told.of(
                        CREATED,
                        "{'type':'response.in_progress','response':{'id':'resp_1'}}",
                        "{'type':'response.output_item.added','output_index':0,'item':{'id':'msg_1','type':'message',"
                                + "'phase':'commentary','content':[]}}",
                        "{'type':'response.content_part.added','output_index':0,'part':{'type':'output_text','text':''}}",
                        "{'type':'response.output_text.delta','output_index':0,'content_index':0,'delta':'Hi','logprobs':[]}",
                        "{'type':'response.output_text.done','output_index':0,'content_index':0,'text':'Hi'}",
                        "{'type':'response.content_part.done','output_index':0,'part':{'type':'output_text','text':'Hi'}}",
                        "{'type':'response.output_item.done','output_index':0,'item':{'id':'msg_1','type':'message',"
                                + "'content':[{'type':'output_text','text':'Hi','annotations':[]}]}}",
                        COMPLETED))
                .containsExactly(
                        "id resp_1",
                        "model m",
                        "extra ANSWER created 7",
                        "id resp_1",
                        "role assistant",
                        "begins msg_1",
                        "extra MESSAGE phase \"commentary\"",
                        "text Hi",
                        "ends",
                        "id resp_1",
                        "model m",
                        "extra ANSWER service_tier \"default\"",
                        "usage 9 3",
                        "finish stop",
                        "END");
    }

    @Test
    void whatCameInNoPiecesIsToldFromTheDoneEventTheItemOrTheResponse() {
        assertThat(Told.of("{'type':'response.output_text.done','output_index':0,'text':'Hi'}"))
                .containsExactly("role assistant", "text Hi");
        assertThat(Told.of("{'type':'response.output_item.done','output_index':0,'item':{'type':'message','content':["
                        + "{'type':'output_text','text':'a'},{'type':'refusal','refusal':'no'}]}}"))
                .containsExactly("role assistant", "text a", "refusal no", "ends");
        assertThat(Told.of("{'type':'response.completed','response':{'status':'completed','output':["
                        + "{'type':'message','content':[{'type':'output_text','text':'a'}]},"
                        + "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'}]}}"))
                .containsExactly(
                        "role assistant",
                        "text a",
                        "ends",
                        "call 0 c f null",
                        "call 0 null null {}",
                        "ends",
                        "finish tool_calls",
                        "END");
    }

    @Test
    void callsAreCountedAndKnownByTheirCallId() {
        assertThat(Told.of(
                        CALL,
                        "{'type':'response.function_call_arguments.delta','output_index':0,'delta':'{'}",
                        "{'type':'response.function_call_arguments.delta','output_index':0,'delta':'}'}",
                        "{'type':'response.function_call_arguments.done','output_index':0,'arguments':'{}'}",
                        "{'type':'response.output_item.done','output_index':0,'item':{'type':'function_call','id':'fc_1',"
                                + "'call_id':'call_1','name':'f','arguments':'{}'}}",
                        "{'type':'response.output_item.added','output_index':1,'item':{'type':'custom_tool_call',"
                                + "'call_id':'call_2','name':'g','input':''}}",
                        "{'type':'response.custom_tool_call_input.delta','output_index':1,'delta':'free'}",
                        "{'type':'response.custom_tool_call_input.done','output_index':1,'input':'free'}",
                        COMPLETED))
                .containsSubsequence(
                        "begins fc_1",
                        "call 0 call_1 f null",
                        "call 0 null null {",
                        "call 0 null null }",
                        "ends",
                        "call 1 call_2 g null custom",
                        "call 1 null null free custom",
                        "finish tool_calls",
                        "END")
                .doesNotContain("call 0 null null {}");
    }

    @Test
    void reasoningEndsWithItsEncryptedContentAndItsId() {
        assertThat(Told.of(
                        "{'type':'response.output_item.added','output_index':0,'item':{'id':'rs_1','type':'reasoning',"
                                + "'summary':[],'encrypted_content':'early'}}",
                        "{'type':'response.reasoning_summary_part.added','output_index':0,'summary_index':0}",
                        "{'type':'response.reasoning_summary_text.delta','output_index':0,'summary_index':0,'delta':'One'}",
                        "{'type':'response.reasoning_summary_text.delta','output_index':0,'summary_index':1,'delta':'Two'}",
                        "{'type':'response.output_item.done','output_index':0,'item':{'id':'rs_1','type':'reasoning',"
                                + "'summary':[{'type':'summary_text','text':'One'}],'encrypted_content':'gAAA/+='}}"))
                .containsExactly(
                        "role assistant",
                        "begins rs_1",
                        "reasoning One",
                        "reasoning \n\n",
                        "reasoning Two",
                        "signature {\"id\":\"rs_1\",\"encrypted_content\":\"gAAA/+=\"}",
                        "ends");
    }

    @Test
    void reasoningWithoutWordsIsRedactedAndOpenReasoningIsOnlyWords() {
        assertThat(Told.of(
                        "{'type':'response.output_item.done','output_index':0,'item':{'id':'rs_1','type':'reasoning',"
                                + "'summary':[],'encrypted_content':'gAAA'}}"))
                .containsExactly(
                        "role assistant",
                        "begins rs_1",
                        "redacted {\"id\":\"rs_1\",\"encrypted_content\":\"gAAA\"}",
                        "ends");
        assertThat(Told.of(
                        "{'type':'response.reasoning_text.delta','output_index':0,'content_index':0,'delta':'Hm'}",
                        "{'type':'response.output_item.done','output_index':0,'item':{'type':'reasoning','content':["
                                + "{'type':'reasoning_text','text':'Hm'}]}}"))
                .containsExactly("role assistant", "reasoning Hm", "ends");
    }

    @Test
    void citationsAreSpelledAsInChatAndToldOnce() {
        String flat = "{'type':'url_citation','start_index':1,'end_index':2,'url':'u','title':'t'}";
        String nested =
                "annotation {\"type\":\"url_citation\",\"url_citation\":{\"start_index\":1,\"end_index\":2,\"url\":\"u\","
                        + "\"title\":\"t\"}}";
        assertThat(Told.of(
                        "{'type':'response.output_text.delta','output_index':0,'delta':'x'}",
                        "{'type':'response.output_text.annotation.added','output_index':0,'annotation':" + flat + "}",
                        "{'type':'response.output_item.done','output_index':0,'item':{'type':'message','content':[{"
                                + "'type':'output_text','text':'x','annotations':[" + flat + "]}]}}"))
                .containsExactly("role assistant", "text x", nested, "ends");
        assertThat(Told.answer("{'status':'completed','output':[{'type':'message','content':[{'type':'output_text',"
                                + "'text':'x','annotations':[" + flat + ",{'type':'file_citation','file_id':'f'}]}]}]}")
                        .lines)
                .contains(nested, "annotation {\"type\":\"file_citation\",\"file_id\":\"f\"}");
    }

    @Test
    void logprobsStandInAnObjectAndComeAfterTheirText() {
        assertThat(
                        Told.of(
                                "{'type':'response.output_text.delta','output_index':0,'delta':'x','logprobs':[{'token':'x'}]}"))
                .containsExactly("role assistant", "text x", "logprobs {\"content\":[{\"token\":\"x\"}]}");
    }

    @Test
    void itemsOfTheProvidersOwnToolsAreToldWhole() {
        assertThat(Told.of(
                        "{'type':'response.output_item.added','output_index':0,'item':{'type':'web_search_call','id':'ws'}}",
                        "{'type':'response.web_search_call.searching','output_index':0,'item_id':'ws'}",
                        "{'type':'response.mcp_call_arguments.delta','output_index':0,'delta':'{}'}",
                        "{'type':'response.output_item.done','output_index':0,'item':{'type':'web_search_call','id':'ws',"
                                + "'status':'completed'}}",
                        "{'type':'response.output_item.done','output_index':1,'item':{'type':'image_generation_call',"
                                + "'result':'AAAA'}}"))
                .containsExactly(
                        "role assistant",
                        "extra MESSAGE output_items [{\"type\":\"web_search_call\",\"id\":\"ws\",\"status\":\"completed\"}]",
                        "image {\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}");
    }

    @Test
    void endStates() {
        assertThat(Told.of("{'type':'response.incomplete','response':{'status':'incomplete','output':[],"
                        + "'incomplete_details':{'reason':'max_output_tokens'}}}"))
                .containsExactly("role assistant", "finish length", "END");
        assertThat(Told.of("{'type':'response.incomplete','response':{'status':'incomplete','output':[],"
                        + "'incomplete_details':{'reason':'content_filter'}}}"))
                .containsExactly("role assistant", "finish content_filter", "END");
        assertThat(Told.of("{'type':'response.failed','response':{'status':'failed','output':[],"
                        + "'error':{'code':'server_error','message':'Oh'}}}"))
                .containsExactly("ERROR Oh | null | server_error | null");
        assertThat(Told.of("{'type':'response.failed','response':{'status':'failed','error':null,'output':[]}}"))
                .containsExactly("ERROR The provider's answer has failed. | null | null | null");
        assertThat(Told.of("{'type':'response.cancelled','response':{'output':[],'status':'cancelled'}}"))
                .hasSize(1);
    }

    @Test
    void errorsInBothFormsAndWithoutAType() {
        String nested = "{'type':'insufficient_quota','code':'insufficient_quota','message':'No','param':null}";
        String expected = "ERROR No | insufficient_quota | insufficient_quota | null";
        assertThat(Told.of(CREATED, "{'type':'error','sequence_number':2,'error':" + nested + "}"))
                .last()
                .isEqualTo(expected);
        assertThat(Told.of("{'error':" + nested + ",'type':'error'}")).containsExactly(expected);
        assertThat(Told.of("{'error':" + nested + "}")).containsExactly(expected);
        assertThat(Told.of("{'type':'error','code':'c','message':'No','param':'p','sequence_number':1}"))
                .containsExactly("ERROR No | null | c | p");
        assertThat(Told.stream("event: error\ndata: {\"message\":\"No\"}\n\n").lines)
                .containsExactly("ERROR No | null | null | null");
    }

    @Test
    void theMarkerOfChatCompletionsCommentsUnknownEventsAndWhatFollowsTheEndSayNothing() {
        List<String> told = Told.stream(": keepalive\n\n"
                        + Told.sse("{'type':'response.new_thing','x':{}}", "{}", COMPLETED, CALL)
                        + "data: [DONE]\n\n")
                .lines;
        assertThat(told).last().isEqualTo("END");
    }

    @Test
    void idsMayChangeFromEventToEvent() {
        assertThat(Told.of(
                        CALL,
                        "{'type':'response.function_call_arguments.delta','item_id':'other','output_index':0,'delta':'{}'}",
                        "{'type':'response.output_item.done','output_index':0,'item':{'type':'function_call','id':'third',"
                                + "'call_id':'call_1','name':'f','arguments':'{}'}}"))
                .containsExactly(
                        "role assistant", "begins fc_1", "call 0 call_1 f null", "call 0 null null {}", "ends");
    }

    @Test
    void usageHasItsDetails() {
        Told told = Told.stream(Told.sse(COMPLETED));
        assertThat(told.usage).isNotNull();
        assertThat(told.usage.cacheReadTokens()).hasValue(4);
        assertThat(told.usage.cacheWriteTokens()).hasValue(2);
        assertThat(told.usage.reasoningTokens()).hasValue(1);
        assertThat(told.usage.totalTokens()).isEqualTo(12);
        assertThat(told.usage.raw()).isPresent();
    }

    @Test
    void aStreamSaysTheSameHoweverItIsCut() {
        byte[] stream = (Told.sse(
                                CALL,
                                "{'type':'response.function_call_arguments.delta','output_index':0,'delta':'{\\'é\\':1}'}"
                                        .replace("\\'", "\\\""),
                                COMPLETED)
                        + "data: [DONE]\n\n")
                .getBytes(StandardCharsets.UTF_8);
        List<String> whole = Told.stream(List.of(stream)).lines;
        assertThat(whole).last().isEqualTo("END");
        Cuts.everywhere(stream, pieces -> assertThat(Told.stream(pieces).lines).isEqualTo(whole));
    }

    @Test
    void aWholeAnswerIsReadLikeAStream() {
        Told told = Told.answer("{'id':'resp_1','created_at':7,'model':'m','status':'completed','error':null,'output':["
                + "{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'Hm'}]},"
                + "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'Hi'}]}],"
                + "'usage':{'input_tokens':1,'output_tokens':2}}");
        assertThat(told.error).isNull();
        assertThat(told.lines)
                .containsExactly(
                        "id resp_1",
                        "model m",
                        "extra ANSWER created 7",
                        "role assistant",
                        "begins rs_1",
                        "reasoning Hm",
                        "ends",
                        "text Hi",
                        "ends",
                        "usage 1 2",
                        "finish stop");
        assertThat(Told.answer("{'status':'failed','output':[],'error':{'code':'server_error','message':'Oh'}}")
                        .error
                        .code())
                .isEqualTo("server_error");
        assertThat(Told.answer("{'error':{'message':'No','type':'t','code':null}}")
                        .error
                        .message())
                .isEqualTo("No");
        assertThat(Told.answer("{}").error).isNotNull();
        assertThat(Told.answer("{'status':'queued','output':[]}").lines).isEmpty();
    }
}
