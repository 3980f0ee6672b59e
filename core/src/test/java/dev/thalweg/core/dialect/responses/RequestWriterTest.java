package dev.thalweg.core.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RequestWriterTest {
    private final Warnings warnings = new Warnings();

    private JsonNode write(ChatRequest request) {
        return RequestRoundTripTest.write(request, "gpt-5.2", warnings);
    }

    @Test
    void nothingIsKeptAndEncryptedReasoningIsAskedForUnlessTheCallerSaysOtherwise() {
        JsonNode plain = write(ChatRequest.of("x", "Hi"));
        assertThat(plain.path("store").asBoolean(true)).isFalse();
        assertThat(plain.path("include").toString()).isEqualTo("[\"reasoning.encrypted_content\"]");
        JsonNode kept =
                write(ChatRequest.builder("x").user("Hi").extra("store", "true").build());
        assertThat(kept.path("store").asBoolean()).isTrue();
        assertThat(kept.has("include")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, false",
        "gpt-4.1-mini, false",
        "openai/gpt-4o, false",
        "chatgpt-4o-latest, false",
        "gpt-5-chat-latest, false",
        "gpt-5, true",
        "gpt-5.1-codex, true",
        "o3, true",
        "grok-4, true",
        "gpt-oss-20b, true"
    })
    void modelsThatDoNotReasonAreNotAskedForIt(String model, boolean asked) {
        assertThat(RequestRoundTripTest.write(ChatRequest.of("x", "Hi"), model, warnings)
                        .has("include"))
                .isEqualTo(asked);
    }

    @Test
    void theFirstSystemMessageIsTheInstructions() {
        JsonNode body =
                write(ChatRequest.builder("x").system("a").system("b").user("c").build());
        assertThat(body.path("instructions").asString()).isEqualTo("a");
        assertThat(body.path("input").path(0).path("role").asString()).isEqualTo("system");
        assertThat(body.path("input")).hasSize(2);
    }

    @Test
    void whatHasNoCounterpartIsLeftOutWithAWarning() {
        JsonNode body = write(ChatRequest.builder("x")
                .user("Hi")
                .stop(List.of("END"))
                .seed(1)
                .topK(2)
                .frequencyPenalty(1)
                .presencePenalty(1)
                .choices(2)
                .extra("logit_bias", "{}")
                .extra("stream_options", "{\"include_usage\":true}")
                .tool(ToolSpec.nativeTo("anthropic", "bash", new RawJson("{\"type\":\"bash\"}")))
                .tool(ToolSpec.of("f", "d").withExtra(Map.of("cache_control", new RawJson("{}"))))
                .build());
        assertThat(warnings.all()).hasSize(8).anyMatch(line -> line.contains("'stop'"));
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("model", "input", "tools", "store", "include");
        assertThat(body.path("tools").toString())
                .isEqualTo("[{\"type\":\"function\",\"name\":\"f\",\"description\":\"d\",\"parameters\":"
                        + "{\"type\":\"object\",\"properties\":{}},\"strict\":false}]");
    }

    @Test
    void reasoningOfOthersIsLeftOutAndOwnGoesBackToTheByte() {
        ReasoningBlock own = ReasoningBlock.of("Hm", "{\"id\":\"rs_1\",\"encrypted_content\":\"gA\\\"é\"}")
                .withDialect("responses");
        ReasoningBlock bare = ReasoningBlock.redacted("gBBB");
        ReasoningBlock foreign = ReasoningBlock.of("Hm", "sig").withDialect("anthropic");
        JsonNode body = write(ChatRequest.builder("x")
                .user("Hi")
                .message(Message.of(
                        "assistant",
                        List.of(
                                new Part.Reasoning(own),
                                new Part.Reasoning(bare),
                                new Part.Reasoning(foreign),
                                new Part.Reasoning(ReasoningBlock.of("only words", null)),
                                new Part.Native("anthropic", new RawJson("{}")),
                                new Part.Text("yes"))))
                .build());
        assertThat(body.path("input")).hasSize(4);
        assertThat(body.path("input").path(1).toString())
                .isEqualTo(
                        "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"Hm\"}],"
                                + "\"encrypted_content\":\"gA\\\"é\"}");
        assertThat(body.path("input").path(2).toString())
                .isEqualTo("{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"gBBB\"}");
        assertThat(warnings.all()).hasSize(2);
    }

    @Test
    void aFailedToolSaysSoInWords() {
        JsonNode body = write(ChatRequest.builder("x")
                .user("Hi")
                .message(Message.assistant("", List.of(ToolCall.of("c", "f", "{}"))))
                .message(Message.tool("c", "no such file", true))
                .build());
        assertThat(body.path("input").path(2).path("output").asString()).isEqualTo("The tool failed: no such file");
    }

    @Test
    void aBudgetBecomesAnEffort() {
        JsonNode body = write(ChatRequest.builder("x")
                .user("Hi")
                .reasoning(ReasoningOptions.budget(10_000))
                .build());
        assertThat(body.path("reasoning").toString()).isEqualTo("{\"effort\":\"medium\"}");
        assertThat(warnings.all()).hasSize(1);
        JsonNode free = write(ChatRequest.builder("x")
                .user("Hi")
                .reasoning(ReasoningOptions.adaptive())
                .build());
        assertThat(free.has("reasoning")).isFalse();
    }
}
