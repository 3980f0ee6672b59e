package dev.thalweg.core.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.ReasoningBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
    private static ChatRequest read(String json) {
        return RequestRoundTripTest.read(RequestRoundTripTest.quoted(json));
    }

    @Test
    void whatTheModelDidInOneTurnIsOneMessage() {
        ChatRequest request = read("{'model':'m','instructions':'i','input':[{'role':'user','content':'Hi'},"
                + "{'type':'reasoning','summary':[{'text':'Hm'}]},{'role':'assistant','content':'Yes'},"
                + "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'c','output':'1'},{'role':'assistant','content':'Done'}]}");
        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly("system", "user", "assistant", "tool", "assistant");
        assertThat(request.messages().get(2).parts()).hasSize(3);
        assertThat(request.messages().get(2).toolCalls()).hasSize(1);
        assertThat(request.messages().get(3).toolCallId()).hasValue("c");
    }

    @Test
    void reasoningOfOtherProtocolsIsKnownByItsMark() {
        ChatRequest request =
                read("{'model':'m','input':[{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text',"
                        + "'text':'Hm'}],'encrypted_content':'thalweg.anthropic.sig=='},{'type':'reasoning','id':'rs_2','summary':[],"
                        + "'encrypted_content':'thalweg.anthropic.redacted.data=='}]}");
        assertThat(request.messages().get(0).parts())
                .containsExactly(
                        new Part.Reasoning(ReasoningBlock.of("Hm", "sig==").withDialect("anthropic")),
                        new Part.Reasoning(ReasoningBlock.redacted("data==").withDialect("anthropic")));
    }

    @Test
    void reasoningOfThisProtocolGoesWithItsOwnIdAndNeverWithOneOfOurs() {
        ChatRequest request = read("{'model':'m','input':[{'type':'reasoning','id':'rs_1','summary':[],"
                + "'encrypted_content':'gA'},{'type':'reasoning','id':'rs_ours','summary':[],"
                + "'encrypted_content':'{\\'encrypted_content\\':\\'gB\\'}'}]}");
        assertThat(request.messages().get(0).parts())
                .containsExactly(
                        new Part.Reasoning(ReasoningBlock.redacted("{\"id\":\"rs_1\",\"encrypted_content\":\"gA\"}")
                                .withDialect("responses")),
                        new Part.Reasoning(ReasoningBlock.redacted("{\"encrypted_content\":\"gB\"}")
                                .withDialect("responses")));
    }

    @Test
    void whatAKeeperOfAnswersNeedsIsAtHand() {
        ChatRequest request =
                read("{'model':'m','input':'Hi','store':false,'previous_response_id':'resp_1','background':true}");
        assertThat(RequestOptions.of(request)).isEqualTo(new RequestOptions(false, "resp_1", true));
        assertThat(RequestOptions.of(read("{'model':'m','input':'Hi'}")))
                .isEqualTo(new RequestOptions(null, null, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | | invalid_json",
                "{'model':'m','input':'x' | | invalid_json",
                "{'input':'x'} | model | missing_parameter",
                "{'model':' ','input':'x'} | model | invalid_parameter_value",
                "{'model':'m'} | input | missing_parameter",
                "{'model':'m','input':[]} | input | invalid_parameter_value",
                "{'model':'m','input':7} | input | invalid_parameter_type",
                "{'model':'m','input':['x']} | input[0] | invalid_parameter_type",
                "{'model':'m','input':[{'role':'king','content':'x'}]} | input[0].role | invalid_parameter_value",
                "{'model':'m','input':[{'role':'user','content':[{'type':'input_text'}]}]} | input[0].content[0].text | missing_parameter",
                "{'model':'m','input':[{'role':'user','content':[{'type':'input_image'}]}]} | input[0].content[0].image_url | missing_parameter",
                "{'model':'m','input':[{'type':'function_call','name':'f'}]} | input[0].call_id | missing_parameter",
                "{'model':'m','input':[{'type':'item_reference','id':'msg_1'}]} | input[0] | unsupported_parameter",
                "{'model':'m','input':'x','temperature':'hot'} | temperature | invalid_parameter_type",
                "{'model':'m','input':'x','temperature':1e999} | temperature | invalid_parameter_type",
                "{'model':'m','input':'x','max_output_tokens':1.5} | max_output_tokens | invalid_parameter_type",
                "{'model':'m','input':'x','stream':'yes'} | stream | invalid_parameter_type",
                "{'model':'m','input':'x','store':'yes'} | store | invalid_parameter_type",
                "{'model':'m','input':'x','tools':[{'name':'f'}]} | tools[0].type | missing_parameter",
                "{'model':'m','input':'x','tool_choice':'maybe'} | tool_choice | invalid_parameter_value",
                "{'model':'m','input':'x','text':{'format':{'type':'xml'}}} | text.format.type | invalid_parameter_value",
                "{'model':'m','input':'x','input':'y'} | input | duplicate_parameter",
                "{'model':'m','input':'x','api_base':'y'} | api_base | forbidden_parameter"
            })
    void aProblemNamesItsField(String json, String param, String code) {
        RequestProblem problem = catchThrowableOfType(RequestProblem.class, () -> read(json));
        assertThat(problem).as(json).isNotNull();
        assertThat(problem.param()).isEqualTo(param);
        assertThat(problem.code()).isEqualTo(code);
    }
}
