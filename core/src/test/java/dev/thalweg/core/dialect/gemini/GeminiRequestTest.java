package dev.thalweg.core.dialect.gemini;

import static dev.thalweg.core.dialect.gemini.Gemini.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GeminiRequestTest {
    private static final String CONVERSATION = """
            {"systemInstruction":{"parts":[{"text":"Be brief."}]},
             "contents":[
              {"role":"user","parts":[{"text":"Look"},{"inlineData":{"mimeType":"image/png","data":"aW0="}},
               {"fileData":{"mimeType":"application/pdf","fileUri":"https://example.com/a.pdf"}}]},
              {"role":"model","parts":[{"text":"Hm.","thought":true,"thoughtSignature":"S1"},{"text":"I look"},{"text":"."},
               {"inlineData":{"mimeType":"image/png","data":"Yg=="}},
               {"inlineData":{"mimeType":"image/png","data":"aW0="},"thoughtSignature":"S3"},
               {"functionCall":{"id":"c1","name":"weather","args":{"n":1.50}},"thoughtSignature":"S2"}]},
              {"role":"user","parts":[{"functionResponse":{"id":"c1","name":"weather","response":{"output":"sun"}}},
               {"text":"Well?"}]}],
             "tools":[{"functionDeclarations":[{"name":"weather","description":"d",
               "parametersJsonSchema":{"type":"object","properties":{"n":{"type":"number"}}}}]},{"googleSearch":{}}],
             "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["weather"]}},
             "safetySettings":[{"category":"C","threshold":"BLOCK_NONE"}],
             "generationConfig":{"temperature":0.5,"topP":0.9,"topK":40.0,"maxOutputTokens":100,"candidateCount":2,
              "stopSequences":["END"],"seed":-7,"responseLogprobs":true,"logprobs":3,"mediaResolution":"M",
              "responseMimeType":"application/json","responseJsonSchema":{"type":"object"},
              "thinkingConfig":{"thinkingBudget":2000,"includeThoughts":true}}}""";

    @Test
    void aRequestOfThisProtocolComesOutTheSame() {
        Warnings warnings = new Warnings();
        JsonNode written = Gemini.written(Gemini.request(CONVERSATION), "gemini-2.5-pro", warnings);
        String expected = CONVERSATION
                .replace("\"text\":\"I look\"},{\"text\":\".\"}", "\"text\":\"I look.\"}")
                .replace("\"topK\":40.0", "\"topK\":40")
                .replaceAll("(?s)\"sun\"}}},\\s*", "\"sun\"}}}]},{\"role\":\"user\",\"parts\":[");
        assertThat(written).isEqualTo(tree(expected));
        assertThat(warnings.all()).isEmpty();
    }

    @Test
    void theOtherSpellingIsRead() {
        ChatRequest request = Gemini.request("""
                {"system_instruction":{"parts":{"text":"Be brief."}},"contents":{"parts":[{"text":"Hi"}]},
                 "generation_config":{"max_output_tokens":5,"response_mime_type":"application/json",
                  "response_schema":{"type":"OBJECT","properties":{"a_b":{"type":"STRING","nullable":true}},
                   "property_ordering":["a_b"]}},
                 "tools":[{"function_declarations":[{"name":"f","parameters":{"type":"OBJECT","properties":{}}}]}]}""");
        assertThat(request.messages()).hasSize(2);
        assertThat(request.maxOutputTokens()).hasValue(5);
        assertThat(tree(request.responseFormat()
                        .orElseThrow()
                        .schema()
                        .orElseThrow()
                        .text()))
                .isEqualTo(tree("{\"type\":\"object\",\"properties\":{\"a_b\":{\"type\":[\"string\",\"null\"]}}}"));
        assertThat(request.tools().get(0).parameters().text()).contains("\"object\"");
    }

    /** Google's client for JavaScript keeps each chunk of a stream as a content of its own. */
    @Test
    void anAnswerThatIsKeptInItsChunksIsOneAgain() {
        ChatRequest request = Gemini.request("""
                {"contents":[{"role":"user","parts":[{"text":"Hi"}]},
                 {"role":"model","parts":[{"text":"Hm","thought":true}]},{"role":"model","parts":[{"text":".","thought":true}]},
                 {"role":"model","parts":[{"text":"","thought":true,"thoughtSignature":"dGhhbHdlZy5hbnRocm9waWMuU2c9PQ=="}]},
                 {"role":"model","parts":[{"text":"Hel"}]},{"role":"model","parts":[{"text":"lo"}]},
                 {"role":"model","parts":[{"text":""}]},{"role":"user","parts":[{"text":"Well?"}]}]}""");
        assertThat(request.messages()).hasSize(3);
        assertThat(request.messages().get(1).parts())
                .containsExactly(
                        new Part.Reasoning(ReasoningBlock.of("Hm.", "Sg==").withDialect("anthropic")),
                        new Part.Text("Hello"));
    }

    @Test
    void callsWithoutIdsFindTheirResultsByName() {
        ChatRequest request = Gemini.request("""
                {"contents":[{"role":"user","parts":[{"text":"Hi"}]},
                 {"role":"model","parts":[{"functionCall":{"name":"a"}},{"functionCall":{"name":"b","args":{}}}]},
                 {"role":"function","parts":[{"functionResponse":{"name":"b","response":{"result":{"x":1}}}},
                  {"functionResponse":{"name":"a","response":{"error":"broken"}}}]}]}""");
        List<ToolCall> calls = request.messages().get(1).toolCalls();
        assertThat(calls.get(0).id()).isNotEqualTo(calls.get(1).id());
        assertThat(request.messages().get(2).toolCallId()).contains(calls.get(1).id());
        assertThat(request.messages().get(2).content()).isEqualTo("{\"x\":1}");
        assertThat(request.messages().get(3).toolCallId()).contains(calls.get(0).id());
        JsonNode written = Gemini.written(request, "gemini-2.5-flash", new Warnings());
        assertThat(written.at("/contents/1/parts/0/functionCall").has("id")).isFalse();
        assertThat(written.at("/contents/2/parts/0/functionResponse/name").asString())
                .isEqualTo("b");
        assertThat(written.at("/contents/2/parts/1/functionResponse/response/error")
                        .asString())
                .isEqualTo("broken");
    }

    @Test
    void signaturesStandWhereTheyStoodWhateverWayTheyCame() {
        ToolCall extended = Gemini.whole(
                        "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"id\":\"c1\",\"name\":\"f\"},"
                                + "\"thoughtSignature\":\"S\"}]}}]}")
                .toolCalls()
                .get(0);
        ToolCall bare = ToolCall.of("c1", "f", "{}");
        Part sealed = new Part.Reasoning(ReasoningBlock.redacted("call.c1.S").withDialect("gemini"));
        for (List<Part> parts : List.of(List.<Part>of(new Part.Call(extended)), List.of(sealed, new Part.Call(bare)))) {
            assertThat(call(parts, "gemini-3-pro").path("thoughtSignature").asString())
                    .isEqualTo("S");
        }
        assertThat(call(List.of(new Part.Call(bare)), "gemini-3-pro")
                        .path("thoughtSignature")
                        .asString())
                .isEqualTo("skip_thought_signature_validator");
        assertThat(call(List.of(new Part.Call(bare)), "gemini-2.5-pro").has("thoughtSignature"))
                .isFalse();
        Part onText = new Part.Reasoning(ReasoningBlock.redacted("text.1.2.S").withDialect("gemini"));
        JsonNode answer = answer(List.of(onText, new Part.Text("abcde")), "gemini-3-pro");
        assertThat(answer)
                .isEqualTo(tree("[{\"text\":\"a\"},{\"text\":\"bc\",\"thoughtSignature\":\"S\"},{\"text\":\"de\"}]"));
    }

    @Test
    void anImagesSignatureStandsOnItAndOnNoOther() {
        Part second = new Part.Reasoning(ReasoningBlock.redacted("image.1.S").withDialect("gemini"));
        Part others = new Part.Reasoning(ReasoningBlock.redacted("image.x.S").withDialect("gemini"));
        Part image = new Part.Image("data:image/png;base64,aW0=");
        JsonNode answer = answer(List.of(second, image, image, image), "gemini-3-pro");
        assertThat(answer.path(0).has("thoughtSignature")).isFalse();
        assertThat(answer.path(1).path("thoughtSignature").asString()).isEqualTo("S");
        assertThat(answer.path(2).has("thoughtSignature")).isFalse();
        assertThat(answer(List.of(others, image), "gemini-3-pro").toString()).contains("image.x.S");
    }

    private static JsonNode call(List<Part> parts, String model) {
        return answer(parts, model).path(0);
    }

    private static JsonNode answer(List<Part> parts, String model) {
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .message(Message.of("assistant", parts))
                .build();
        return Gemini.written(request, model, new Warnings()).at("/contents/1/parts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gemini-2.5-flash | low | {\"thinkingBudget\":1024,\"includeThoughts\":true}",
                "gemini-2.5-flash | none | {\"thinkingBudget\":0}",
                "gemini-2.5-pro | none | {\"thinkingBudget\":128}",
                "gemini-3-pro-preview | medium | {\"thinkingLevel\":\"high\",\"includeThoughts\":true}",
                "gemini-3-flash | medium | {\"thinkingLevel\":\"medium\",\"includeThoughts\":true}",
                "gemini-3-flash | none | {\"thinkingLevel\":\"minimal\"}",
                "gemini-2.0-flash | high | ''"
            })
    void effortsBecomeWhatTheModelKnows(String model, String effort, String expected) {
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .reasoning(ReasoningOptions.effort(effort))
                .build();
        JsonNode config = Gemini.written(request, model, new Warnings()).at("/generationConfig/thinkingConfig");
        assertThat(config.isMissingNode() ? "" : config.toString()).isEqualTo(expected);
    }

    @Test
    void olderModelsGetASchemaOfTheirKind() {
        Warnings warnings = new Warnings();
        ToolSpec tool = ToolSpec.of("f", "d", """
                {"$schema":"x","type":"object","additionalProperties":false,"properties":{
                 "a":{"type":["string","null"],"format":"uri"},"b":{"$ref":"#/$defs/B"},"c":{"enum":[1,2]},
                 "d":{"oneOf":[{"type":"integer"},{"type":"null"}]}},
                 "$defs":{"B":{"type":"object","properties":{"again":{"$ref":"#/$defs/B"}}}}}""");
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .tool(tool)
                .tool(ToolSpec.of("none", "no arguments"))
                .toolChoice(ToolChoice.REQUIRED)
                .build();
        JsonNode written = Gemini.written(request, "gemini-2.0-flash", warnings);
        JsonNode parameters = written.at("/tools/0/functionDeclarations/0/parameters");
        assertThat(parameters.has("additionalProperties")).isFalse();
        assertThat(parameters.at("/properties/a")).isEqualTo(tree("{\"type\":\"string\",\"nullable\":true}"));
        assertThat(parameters.at("/properties/b/properties/again/type").asString())
                .isEqualTo("object");
        assertThat(parameters.at("/properties/c")).isEqualTo(tree("{\"enum\":[\"1\",\"2\"],\"type\":\"string\"}"));
        assertThat(parameters.at("/properties/d")).isEqualTo(tree("{\"nullable\":true,\"type\":\"integer\"}"));
        assertThat(written.at("/tools/0/functionDeclarations/1").has("parameters"))
                .isFalse();
        assertThat(written.at("/toolConfig/functionCallingConfig/mode").asString())
                .isEqualTo("ANY");
        assertThat(warnings.all()).anyMatch(warning -> warning.contains("additionalProperties"));
    }

    @Test
    void whatHasNoWordIsWarnedOf() {
        Warnings warnings = new Warnings();
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .endUser("u")
                .parallelToolCalls(false)
                .stop(List.of("1", "2", "3", "4", "5", "6"))
                .extra("safety_settings", "[]")
                .build();
        JsonNode written = Gemini.written(request, "gemini-2.5-flash", warnings);
        assertThat(written.has("safetySettings")).isTrue();
        assertThat(written.at("/generationConfig/stopSequences")).hasSize(5);
        assertThat(warnings.all()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | ",
                "{} | contents",
                "{\"contents\":[]} | contents",
                "{\"contents\":[{\"parts\":[{\"functionCall\":{}}]}]} | contents[0].parts[0].functionCall.name",
                "{\"contents\":[{\"parts\":7}]} | contents[0].parts",
                "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}],\"generationConfig\":{\"seed\":\"x\"}} | generationConfig.seed",
                "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}],\"api_key\":\"x\"} | api_key",
                "{\"contents\" | "
            })
    void mistakesAreNamed(String body, String param) {
        assertThatThrownBy(() -> Gemini.request(body))
                .isInstanceOfSatisfying(
                        RequestProblem.class,
                        problem -> assertThat(problem.param()).isEqualTo(param));
    }

    @Test
    void aModelsNameIsOneSegmentOfThePath() {
        assertThat(Gemini.DIALECT.path("gemini-2.5-pro", false)).isEqualTo("/models/gemini-2.5-pro:generateContent");
        assertThat(Gemini.DIALECT.path("x/../y?z", true))
                .isEqualTo("/models/x%2F..%2Fy%3Fz:streamGenerateContent?alt=sse");
        assertThat(Gemini.DIALECT.path("tunedModels/a", false)).isEqualTo("/tunedModels/a:generateContent");
    }
}
