package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.wire.JsonSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    @Test
    void tellsAllOfAnUsualChunkInItsOrder() {
        Frames frames = Frames.of("""
                {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt","service_tier":"default",
                 "choices":[{"index":0,"delta":{"role":"assistant","content":"Hé","refusal":null},
                 "logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"xyz"}""");
        assertThat(frames.told)
                .containsExactly(
                        "id c1",
                        "-1 ANSWER created 1",
                        "model gpt",
                        "-1 ANSWER service_tier \"default\"",
                        "0 role assistant",
                        "0 text Hé");
    }

    @Test
    void readsAWholeCompletionLikeOneChunk() {
        Frames frames = Frames.of("""
                {"id":"c1","object":"chat.completion","model":"gpt","choices":[
                 {"index":0,"message":{"role":"assistant","content":"A","refusal":null,"annotations":[]},"finish_reason":"stop"},
                 {"finish_reason":"length","message":{"content":"B","role":"assistant"},"index":1}],
                 "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}""");
        assertThat(frames.contents())
                .containsExactly(
                        "0 role assistant",
                        "0 text A",
                        "0 finish stop",
                        "1 text B",
                        "1 role assistant",
                        "1 finish length",
                        "usage 3 4");
    }

    @Test
    void azuresPreludeSaysNothingButEmptyNames() {
        Frames frames = Frames.of("""
                {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,
                 "content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]}""");
        assertThat(frames.contents()).isEmpty();
        assertThat(frames.extras())
                .hasSize(2)
                .contains("-1 ANSWER created 0")
                .last()
                .asString()
                .startsWith("-1 ANSWER prompt_filter_results [{");
    }

    @Test
    void azuresAnnotationsWithoutTextAreFurtherFields() {
        assertThat(Frames.ofChoiceWithExtras("""
                "index":0,"finish_reason":null,"content_filter_results":{"hate":{"filtered":false}},
                "content_filter_offsets":{"check_offset":1,"start_offset":1,"end_offset":9}"""))
                .containsExactly(
                        "0 CHOICE content_filter_results {\"hate\":{\"filtered\":false}}",
                        "0 CHOICE content_filter_offsets {\"check_offset\":1,\"start_offset\":1,\"end_offset\":9}");
    }

    @Test
    void mistralsListOfPartsIsTextAndReasoning() {
        assertThat(Frames.ofDelta("""
                "content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"},{"text":"m","type":"text"}],"closed":true},
                {"type":"text","text":"Hi"},{"type":"reference","reference_ids":[1]},"odd",null]"""))
                .containsExactly(
                        "0 reasoning hm",
                        "0 reasoning m",
                        "0 text Hi",
                        "0 annotation {\"type\":\"reference\",\"reference_ids\":[1]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"reasoning_content\":\"hm\",\"content\":null",
                "\"reasoning\":\"hm\"",
                "\"reasoning\":\"hm\",\"reasoning_content\":\"hm\"",
                "\"reasoning_content\":null,\"reasoning\":\"hm\"",
                "\"reasoning\":\"hm\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\"}]",
                "\"reasoning\":\"hm\",\"channel\":\"analysis\""
            })
    void reasoningCountsOnceUnderAnyOfItsNames(String delta) {
        assertThat(Frames.ofDelta(delta)).containsExactly("0 reasoning hm");
    }

    @Test
    void toolCallsComeWhole() {
        assertThat(Frames.ofDelta("""
                "tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":1}"}},
                {"function":{"arguments":"{}","name":"g"},"index":1,"id":"b"}]""")).containsExactly("0 call -1 a f {\"x\":1}", "0 call 1 b g {}");
    }

    @Test
    void toolCallsComeInFragments() {
        assertThat(Frames.ofDelta("\"tool_calls\":[{\"index\":2,\"function\":{\"arguments\":\"{\\\"\"}}]"))
                .containsExactly("0 call 2 null null {\"");
        assertThat(Frames.ofDelta(
                        "\"tool_calls\":[{\"index\":0,\"id\":null,\"function\":{\"name\":null,\"arguments\":\"\"}}]"))
                .containsExactly("0 call 0 null null ");
        assertThat(Frames.ofDelta("\"tool_calls\":[{\"index\":1}]")).containsExactly("0 call 1 null null null");
    }

    @Test
    void customToolsAndTheOldFunctionCallAreToolCalls() {
        assertThat(Frames.ofDelta("""
                "tool_calls":[{"index":0,"id":"a","type":"custom","custom":{"name":"sql","input":"select 1"}}]""")).containsExactly("0 call 0 a sql select 1 custom");
        assertThat(Frames.ofDelta("\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}"))
                .containsExactly("0 call -1 null f {} function_call");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tool_calls\":null",
                "\"tool_calls\":[]",
                "\"tool_calls\":[null,1]",
                "\"function_call\":null",
                "\"content\":null",
                "\"content\":7",
                "\"role\":null",
                "\"audio\":null",
                "\"refusal\":null",
                "\"new\":{}"
            })
    void nullsAndStrangersInADeltaSayNothing(String delta) {
        assertThat(Frames.ofDelta(delta)).isEmpty();
    }

    @Test
    void refusalsAndOtherContentAreTold() {
        assertThat(Frames.ofDelta("\"refusal\":\"No.\"")).containsExactly("0 refusal No.");
        assertThat(Frames.ofDelta("\"audio\":{\"data\":\"AAAA\"}")).containsExactly("0 audio {\"data\":\"AAAA\"}");
        assertThat(Frames.ofDelta("\"images\":[{\"type\":\"image_url\"}]"))
                .containsExactly("0 image {\"type\":\"image_url\"}");
        assertThat(Frames.ofDelta("\"annotations\":[{\"type\":\"url_citation\"},7]"))
                .containsExactly("0 annotation {\"type\":\"url_citation\"}", "0 annotation 7");
    }

    @Test
    void theIndexMayStandAnywhereOrNowhere() {
        assertThat(Frames.ofChoice("\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\",\"index\":3"))
                .containsExactly("3 text a", "3 finish stop");
        assertThat(Frames.ofChoice("\"finish_reason\":\"stop\",\"delta\":{\"content\":\"a\"},\"index\":3"))
                .containsExactly("3 text a", "3 finish stop");
        assertThat(Frames.ofChoice("\"delta\":{\"content\":\"a\"}")).containsExactly("0 text a");
        assertThat(Frames.ofChoice("\"index\":null,\"delta\":{\"content\":\"a\"}"))
                .containsExactly("0 text a");
        assertThat(Frames.of("{\"choices\":[{\"delta\":{\"content\":\"a\"}},{\"delta\":{\"content\":\"b\"}}]}").told)
                .containsExactly("0 text a", "1 text b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"index\":1,\"delta\":{\"content\":\"b\"},\"message\":{\"content\":\"ab\"}",
                "\"index\":1,\"message\":{\"content\":\"ab\"},\"delta\":{\"content\":\"b\"}",
                "\"message\":{\"content\":\"ab\"},\"delta\":{\"content\":\"b\"},\"index\":1",
                "\"delta\":{\"content\":\"b\"},\"message\":{\"content\":\"ab\"},\"index\":1",
                "\"delta\":{\"content\":\"b\"},\"index\":1,\"message\":{\"content\":\"ab\"}"
            })
    void perplexitysGrowingMessageBesideTheDeltaDoesNotCount(String choice) {
        assertThat(Frames.ofChoice(choice)).containsExactly("1 text b");
    }

    @Test
    void severalChoicesOfOneChunkAreToldApart() {
        Frames frames = Frames.of("""
                {"choices":[{"index":1,"delta":{"content":"b"}},{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}""");
        assertThat(frames.told).containsExactly("1 text b", "0 text a", "0 finish stop");
    }

    @Test
    void logprobsAreToldAsTheyAre() {
        assertThat(Frames.ofChoice("""
                "index":0,"delta":{"content":"a"},"logprobs":{"content":[{"token":"a"}],"refusal":null},
                "finish_reason":null"""))
                .containsExactly("0 text a", "0 logprobs {\"content\":[{\"token\":\"a\"}],\"refusal\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"logprobs\":{\"content\":[1]},\"native\":\"x\",\"delta\":{\"content\":\"a\"},\"index\":3",
                "\"index\":3,\"logprobs\":{\"content\":[1]},\"native\":\"x\",\"message\":{\"content\":\"a\"}",
                "\"native\":\"x\",\"message\":{\"content\":\"a\"},\"index\":3,\"logprobs\":{\"content\":[1]}"
            })
    void whatStandsBeforeTheIndexOrTheMessageIsToldOnceAndForTheRightChoice(String choice) {
        assertThat(Frames.ofChoiceWithExtras(choice))
                .containsExactlyInAnyOrder("3 logprobs {\"content\":[1]}", "3 CHOICE native \"x\"", "3 text a");
    }

    @Test
    void whatIsVoidIsNoFurtherField() {
        assertThat(Frames.of("""
                {"a":null,"b":"","c":[ ],"d":{ },"e":0,"f":false,"g":" ","choices":[{"index":0,"delta":{"x":null,"y":[1]}}]}""").extras())
                .containsExactly("-1 ANSWER e 0", "-1 ANSWER f false", "-1 ANSWER g \" \"", "0 MESSAGE y [1]");
    }

    @Test
    void signedThinkingIsToldBlockByBlock() {
        assertThat(Frames.ofDelta("""
                "reasoning_content":"ab","content":"c","thinking_blocks":[{"type":"thinking","thinking":"a","signature":"s1"},
                {"type":"redacted_thinking","data":"zz"},{"type":"thinking","signature":"s2","thinking":"b"}]"""))
                .containsExactly(
                        "0 text c",
                        "0 reasoning a",
                        "0 signature s1",
                        "0 redacted zz",
                        "0 reasoning b",
                        "0 signature s2");
        assertThat(Frames.ofDelta("""
                "thinking_blocks":[{"type":"thinking","thinking":"","signature":"s"}],"reasoning_content":"a",
                "content":null""")).containsExactly("0 reasoning a", "0 signature s");
    }

    @Test
    void furtherFieldsOfAToolCallFollowIt() {
        assertThat(Frames.of("""
                {"choices":[{"index":0,"delta":{"tool_calls":[{"extra_content":{"google":1},"id":"a","a":null,
                "function":{"name":"f"}}]}}]}""").told)
                .containsExactly("0 call -1 a f null", "0 TOOL_CALL extra_content {\"google\":1}");
    }

    @Test
    void anEmptyFinishReasonIsNone() {
        assertThat(Frames.ofChoice("\"index\":0,\"delta\":{},\"finish_reason\":\"\""))
                .isEmpty();
        assertThat(Frames.ofChoice("\"index\":0,\"delta\":null,\"finish_reason\":\"stop\""))
                .containsExactly("0 finish stop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"x\"}}",
                "{\"error\":\"x\"}",
                "{\"choices\":[],\"error\":{\"code\":400}}",
                "{\"object\":\"error\",\"message\":\"x\",\"code\":400}",
                "{\"detail\":\"Invalid API Key\"}",
                "{\"detail\":[{\"msg\":\"m\"}]}",
                "{\"message\":\"x\"}"
            })
    void errorsAreKnownInEveryShape(String json) {
        assertThat(Frames.read(new ResponseReader(), json, new Frames()).isError())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[],\"error\":null}",
                "{\"error\":null}",
                "{\"message\":{}}",
                "{\"object\":\"chat.completion\"}",
                "{\"choices\":[{\"message\":{\"content\":\"error\"}}],\"message\":\"note\"}",
                "{}"
            })
    void whatOnlyLooksLikeAnErrorIsNone(String json) {
        assertThat(Frames.read(new ResponseReader(), json, new Frames()).isError())
                .isFalse();
    }

    @Test
    void oneReaderForgetsTheFrameBefore() {
        ResponseReader reader = new ResponseReader();
        Frames.read(
                reader,
                "{\"error\":null,\"model\":\"m\",\"usage\":{\"prompt_tokens\":1},\"choices\":[{}]}",
                new Frames());
        assertThat(reader.hasUsage()).isTrue();
        Frames.read(reader, "{}", new Frames());
        assertThat(reader.hasUsage()).isFalse();
        assertThat(reader.choices()).isEqualTo(-1);
        assertThat(reader.modelMember().present()).isFalse();
        assertThat(reader.usageMember().present()).isFalse();
        assertThat(reader.nullErrorMember().present()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "\"a\"",
                "{",
                "{\"choices\":[{]}",
                "{} {}",
                "{\"choices\":[{\"delta\":{\"content\":\"a}]}"
            })
    void whatIsNoJsonObjectIsRefused(String json) {
        assertThatThrownBy(() -> Frames.of(json)).isInstanceOf(JsonSyntaxException.class);
    }
}
