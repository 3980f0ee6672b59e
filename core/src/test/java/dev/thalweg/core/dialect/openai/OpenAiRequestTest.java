package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a caller asks for is what an upstream is asked for. */
class OpenAiRequestTest {
    private static final OpenAiDialect DIALECT = new OpenAiDialect();
    private final Warnings warnings = new Warnings();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'role':'system','content':'S'}",
                "{'role':'developer','content':'D','name':'n'}",
                "{'role':'user','content':''}",
                "{'role':'user','content':[{'type':'text','text':'Look'},{'type':'image_url','image_url':{'url':'https://a/b','detail':'low'}}]}",
                "{'role':'user','content':[{'type':'text','text':'a'},{'type':'input_audio','input_audio':{'data':'AA==','format':'mp3'}}]}",
                "{'role':'user','content':[{'type':'file','file':{'file_data':'data:application/pdf;base64,AA==','filename':'a.pdf'}},{'type':'file','file':{'file_id':'f1'}}]}",
                "{'role':'user','content':[{'type':'video_url','video_url':{'url':'https://a/b'}}]}",
                "{'role':'user','content':[{'type':'text','text':'a','unknown':{'b':1}}],'odd':7}",
                "{'role':'assistant','content':null,'refusal':'No'}",
                "{'role':'assistant','content':'T','tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'},'extra_content':{'g':1}},{'id':'c2','type':'custom','custom':{'name':'g','input':'any'}}]}",
                "{'role':'assistant','content':null,'audio':{'id':'a1'},'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{'}}]}",
                "{'role':'tool','content':'42','tool_call_id':'c1'}"
            })
    void messagesAreSentAsTheyCame(String message) {
        sameBoth("'messages':[" + message + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'temperature':0.5,'top_p':0.25,'n':2,'stop':['a','b'],'seed':-7,'frequency_penalty':-1.5,'presence_penalty':0.5,'user':'u'",
                "'max_completion_tokens':9,'logprobs':true,'top_logprobs':3",
                "'logprobs':true",
                "'reasoning_effort':'minimal','service_tier':'flex','logit_bias':{'5':1},'metadata':{'a':'b'},'store':false",
                "'response_format':{'type':'json_object'}",
                "'response_format':{'type':'json_schema','json_schema':{'name':'n','description':'d','schema':{'type':'object'},'strict':false}}",
                "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{}}}",
                "'response_format':{'type':'grammar','grammar':'g'}",
                "'tools':[{'type':'function','function':{'name':'f','description':'d','parameters':{'a':1.50},'strict':true}},{'type':'custom','custom':{'name':'c','format':{'type':'text'}}}],'tool_choice':{'type':'custom','custom':{'name':'c'}},'parallel_tool_calls':false",
                "'tools':[{'type':'function','function':{'name':'f','description':'','parameters':{}}}],'tool_choice':'required'",
                "'tools':[{'type':'function','function':{'name':'f','description':'','parameters':{}}}],'tool_choice':{'type':'function','function':{'name':'f'}}",
                "'tools':[{'type':'function','function':{'name':'f','description':'','parameters':{}}}],'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[]}}",
                "'functions':[{'name':'f','parameters':{}}],'function_call':{'name':'f'}"
            })
    void settingsAreSentAsTheyCame(String settings) {
        sameBoth("'messages':[{'role':'user','content':'Hi'}]," + settings);
    }

    @Test
    void functionsAndTheirResultsGoBackInTheirForm() {
        String messages =
                "'messages':[{'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{}'}},"
                        + "{'role':'function','content':'42','name':'f'}],'functions':[{'name':'f'}]";
        sameBoth(messages);
        ChatRequest request = read("{'model':'m'," + messages + "}");
        assertThat(request.tools()).extracting(ToolSpec::name).containsExactly("f");
        assertThat(request.messages().get(0).toolCalls())
                .containsExactly(ToolCall.of("function_call_1", "f", "{}").withType(ToolCall.FUNCTION_CALL));
        assertThat(request.messages().get(1).toolCallId()).contains("function_call_1");
        assertThat(request.parallelToolCalls()).contains(false);
    }

    @Test
    void whatIsSaidToAGatewayIsLeftOutAndItsHints() {
        ChatRequest request = read("{'model':'m','messages':[{'role':'user','content':[{'type':'text','text':'a',"
                + "'cache_control':{'type':'ephemeral'}}]}],'stream':true,'stream_options':{'include_usage':false},"
                + "'fallbacks':['x'],'num_retries':2,'tags':null,'top_k':5,'logit_bias':null}");
        assertThat(request.extra()).isEmpty();
        assertThat(request.topK()).hasValue(5);
        assertThat(request.messages().get(0).parts().get(0).extra()).containsKey("cache_control");
        assertThat(write(request, "groq").toString()).doesNotContain("cache_control");
        assertThat(write(request, "openrouter").toString()).contains("cache_control");
        assertThat(warnings.all()).anyMatch(line -> line.contains("top_k"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'reasoning_effort':'low' | low | ``",
                "'reasoning':{'effort':'high'} | high | ``",
                "'reasoning':{'max_tokens':2000} | `` | 2000",
                "'reasoning':{'enabled':false} | none | ``",
                "'thinking':{'type':'enabled','budget_tokens':9000} | `` | 9000",
                "'thinking':{'type':'disabled'} | none | ``"
            })
    void howMuchToReasonIsReadInEverySpelling(String said, String effort, String budget) {
        ReasoningOptions options = read("{'model':'m','messages':[{'role':'user','content':'Hi'}]," + said + "}")
                .reasoning()
                .orElseThrow();
        assertThat(options.effort().orElse("")).isEqualTo(effort);
        assertThat(options.budget().isPresent() ? options.budget().getAsInt() + "" : "")
                .isEqualTo(budget);
    }

    @ParameterizedTest
    @CsvSource({"0, none", "1024, low", "4096, low", "4097, medium", "16384, medium", "16385, high", "31999, high"})
    void aBudgetForReasoningBecomesAWord(int budget, String effort) {
        ChatRequest request = Translated.REQUEST.toBuilder()
                .reasoning(ReasoningOptions.budget(budget))
                .build();
        assertThat(write(request, "openai").path("reasoning_effort").asString()).isEqualTo(effort);
        byte[] body = RequestWriter.write(request, Providers.find("openai").orElseThrow(), "gpt-4o", false, warnings);
        assertThat(new String(body, StandardCharsets.UTF_8)).doesNotContain("reasoning_effort");
        assertThat(warnings.all()).hasSize(1);
    }

    @Test
    void reasoningComesBackInEverySpellingWithItsOrigin() {
        ReasoningBlock signed = ReasoningBlock.of("ab", "s").withDialect("anthropic");
        assertThat(reasoning(
                        "'reasoning_content':'ab','reasoning_details':[{'type':'reasoning.text','text':'a','index':0},"
                                + "{'type':'reasoning.text','text':'b','index':0},"
                                + "{'type':'reasoning.text','signature':'thalweg.anthropic.s','index':0},"
                                + "{'type':'reasoning.encrypted','data':'d','index':1}]"))
                .containsExactly(signed, ReasoningBlock.redacted("d").withDialect("openai"));
        assertThat(reasoning("'reasoning':'ab','reasoning_details':[{'signature':'thalweg.anthropic.s'}]"))
                .containsExactly(signed);
        assertThat(reasoning(
                        "'thinking_blocks':[{'type':'thinking','thinking':'ab','signature':'thalweg.anthropic.s'}]"))
                .containsExactly(signed);
        assertThat(reasoning("'reasoning_content':'ab'")).containsExactly(ReasoningBlock.of("ab", null));
    }

    @Test
    void reasoningGoesOnlyToWhoTakesItAndOnlyItsOwn() {
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.of(
                        "assistant",
                        List.of(
                                new Part.Reasoning(
                                        ReasoningBlock.of("a", "s").withDialect("openai"),
                                        Map.of("format", new RawJson("\"f\""))),
                                new Part.Reasoning(ReasoningBlock.of("b", "t").withDialect("anthropic")),
                                new Part.Text("T"))))
                .build();
        assertThat(write(request, "openrouter").path("messages").path(0).toString())
                .isEqualTo(
                        "{\"role\":\"assistant\",\"content\":\"T\",\"reasoning_details\":[{\"type\":\"reasoning.text\","
                                + "\"text\":\"a\",\"signature\":\"s\",\"format\":\"f\",\"index\":0}]}");
        assertThat(write(request, "deepseek").path("messages").path(0).toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"T\"}");
        assertThat(warnings.all()).hasSize(2);
    }

    @Test
    void whatOtherProtocolsSayIsSaidAsFarAsItCanBe() {
        Part result = new Part.ToolResult(
                "c1", List.of(new Part.Text("boom"), new Part.Image("https://a/b")), true, Map.of());
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.of("developer", List.of(new Part.Text("a"), new Part.Text("b"))))
                .message(Message.of("assistant", List.of(new Part.Text("a"), new Part.Text("b"))))
                .message(Message.of("user", List.of(new Part.Text("x"), result)))
                .message(Message.of("user", List.of(new Part.Native("anthropic", new RawJson("{}")))))
                .tool(ToolSpec.nativeTo("anthropic", "bash", new RawJson("{}")))
                .toolChoice(ToolChoice.REQUIRED)
                .build();
        assertThat(write(request, "deepseek").toString())
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"a\\nb\"},"
                        + "{\"role\":\"assistant\",\"content\":\"ab\"},"
                        + "{\"role\":\"tool\",\"content\":\"Error: boom\\n(An attachment was left out: only text can be"
                        + " passed on from a tool.)\",\"tool_call_id\":\"c1\"},{\"role\":\"user\",\"content\":\"x\"},"
                        + "{\"role\":\"user\",\"content\":\"\"}]}");
        assertThat(warnings.all()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'messages':[7] | messages[0]",
                "'messages':[{'content':'a'}] | messages[0].role",
                "'messages':[{'role':'bot','content':'a'}] | messages[0].role",
                "'messages':[{'role':'user'}] | messages[0].content",
                "'messages':[{'role':'user','content':7}] | messages[0].content",
                "'messages':[{'role':'user','content':[{'type':'text'}]}] | messages[0].content[0].text",
                "'messages':[{'role':'user','content':[{'type':'image_url','image_url':{}}]}] | messages[0].content[0].image_url.url",
                "'messages':[{'role':'tool','content':'a'}] | messages[0].tool_call_id",
                "'messages':[{'role':'assistant','tool_calls':[{'id':'a'}]}] | messages[0].tool_calls[0].function",
                "'messages':[{'role':'user','content':'a'}],'temperature':'hot' | temperature",
                "'messages':[{'role':'user','content':'a'}],'temperature':1e999 | temperature",
                "'messages':[{'role':'user','content':'a'}],'seed':1.5 | seed",
                "'messages':[{'role':'user','content':'a'}],'stop':[7] | stop[0]",
                "'messages':[{'role':'user','content':'a'}],'tools':[{'type':'function'}] | tools[0].function",
                "'messages':[{'role':'user','content':'a'}],'tool_choice':'maybe' | tool_choice",
                "'messages':[{'role':'user','content':'a'}],'api_key':'k' | api_key",
                "'messages':[] | messages",
                "'n':1 | messages"
            })
    void whatIsWrongIsNamed(String members, String param) {
        assertThatThrownBy(() -> read("{'model':'m'," + members + "}"))
                .isInstanceOfSatisfying(RequestProblem.class, problem -> {
                    assertThat(problem.param()).isEqualTo(param);
                    assertThat(problem.text()).contains("'" + param + "'");
                });
    }

    /** Both ways: what is written is what was read, and what is read of it is what was written. */
    private void sameBoth(String members) {
        String body = "{'model':'m'," + members + "}";
        JsonNode expected = JsonMapper.shared().readTree(body.replace('\'', '"'));
        JsonNode written = write(read(body), "openai");
        assertThat(written).isEqualTo(expected);
        assertThat(write(read(written.toString()), "openai")).isEqualTo(expected);
        assertThat(warnings.all()).isEmpty();
    }

    private static List<ReasoningBlock> reasoning(String members) {
        return read("{'model':'m','messages':[{'role':'assistant','content':'T'," + members + "}]}")
                .messages()
                .get(0)
                .parts()
                .stream()
                .filter(Part.Reasoning.class::isInstance)
                .map(part -> ((Part.Reasoning) part).block())
                .toList();
    }

    private JsonNode write(ChatRequest request, String provider) {
        byte[] body = DIALECT.writeRequest(request, Providers.find(provider).orElseThrow(), "m", false, warnings);
        return JsonMapper.shared().readTree(body);
    }

    private static ChatRequest read(String json) {
        byte[] body = ("##" + json.replace('\'', '"')).getBytes(StandardCharsets.UTF_8);
        return DIALECT.readRequest(body, 2, body.length - 2);
    }
}
