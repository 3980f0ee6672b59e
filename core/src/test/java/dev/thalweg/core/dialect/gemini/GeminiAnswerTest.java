package dev.thalweg.core.dialect.gemini;

import static dev.thalweg.core.dialect.gemini.Gemini.events;
import static dev.thalweg.core.dialect.gemini.Gemini.tree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GeminiAnswerTest {
    private static final String SIGNED_CALL =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"now\",\"args\":{\"a\":1}},"
                    + "\"thoughtSignature\":\"Sg+/==\"},{\"functionCall\":{\"name\":\"now\"}}],\"role\":\"model\"},"
                    + "\"finishReason\":\"STOP\",\"index\":0}],\"responseId\":\"r-1\",\"modelVersion\":\"gemini-x\"}";

    @Test
    void callsGetIdsAndKeepTheirSignature() {
        for (ChatResponse response : List.of(Gemini.whole(SIGNED_CALL), Gemini.streamed(events(SIGNED_CALL)))) {
            assertThat(response.toolCalls()).hasSize(2);
            assertThat(response.toolCalls().get(0).id()).isEqualTo("gemini_r-1_0");
            assertThat(response.toolCalls().get(0).arguments()).isEqualTo("{\"a\":1}");
            assertThat(response.toolCalls().get(0).extra().get("extra_content").text())
                    .isEqualTo("{\"google\":{\"thought_signature\":\"Sg+/==\"}}");
            assertThat(response.toolCalls().get(1).arguments()).isEqualTo("{}");
            assertThat(response.toolCalls().get(1).extra()).isEmpty();
            assertThat(response.choices().get(0).reasoningBlocks().get(0).redacted())
                    .contains("call.gemini_r-1_0.Sg+/==");
            assertThat(response.finishReason().orElseThrow().kind()).isEqualTo(FinishReason.Kind.STOP);
        }
    }

    @Test
    void aBlockedPromptEndsLikeAFilter() {
        ChatResponse response = Gemini.whole(
                "{\"promptFeedback\":{\"blockReason\":\"OTHER\"},\"usageMetadata\":{\"promptTokenCount\":3}}");
        assertThat(response.finishReason().orElseThrow().kind()).isEqualTo(FinishReason.Kind.CONTENT_FILTER);
        assertThat(response.extra()).containsKey("promptFeedback");
    }

    @Test
    void aStreamThatCameAsOneArrayIsOneAnswer() {
        ChatResponse response = Gemini.whole("[" + chunk("Hel", "") + "\r\n,\r\n" + chunk("lo", "STOP") + "]");
        assertThat(response.content()).isEqualTo("Hello");
        assertThat(response.finishReason().orElseThrow().raw()).isEqualTo("STOP");
    }

    private static String chunk(String text, String reason) {
        return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}],\"role\":\"model\"}"
                + (reason.isEmpty() ? "" : ",\"finishReason\":\"" + reason + "\"") + ",\"index\":0}]}";
    }

    @Test
    void anErrorInAStreamIsOne() {
        String error = "{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}";
        assertThat(Gemini.read(List.of(Gemini.bytes(events(error))), new EventCollector()))
                .isEqualTo(EventReader.Kind.ERROR);
        byte[] list = Gemini.bytes("[" + error + "]");
        assertThat(Gemini.DIALECT
                        .readAnswer(list, 0, list.length, new EventCollector())
                        .message())
                .isEqualTo("overloaded");
    }

    @Test
    void picturesSoundAndPartsOfItsOwn() {
        ChatResponse response = Gemini.whole("""
                {"candidates":[{"content":{"parts":[
                 {"inlineData":{"mimeType":"image/png","data":"aW0="},"thoughtSignature":"V"},
                 {"executableCode":{"language":"PYTHON","code":"1"},"thoughtSignature":"S"},
                 {"text":"T","thoughtSignature":"U"}],"role":"model"},"finishReason":"STOP","safetyRatings":[{"category":"X"}],
                 "logprobsResult":{"chosenCandidates":[{"token":"T","logProbability":-0.5}],
                  "topCandidates":[{"candidates":[{"token":"U","logProbability":-1.25}]}]}}]}""");
        var choice = response.choices().get(0);
        assertThat(choice.images().get(0).text()).contains("data:image/png;base64,aW0=");
        assertThat(choice.messageExtra().get("google_parts").text()).contains("executableCode", "\"S\"");
        assertThat(choice.reasoningBlocks().get(0).redacted()).contains("image.0.V");
        assertThat(choice.reasoningBlocks().get(1).redacted()).contains("text.0.1.U");
        assertThat(choice.extra()).containsKey("safetyRatings");
        assertThat(choice.logprobs().orElseThrow().text())
                .isEqualTo("{\"content\":[{\"token\":\"T\",\"logprob\":-0.5,\"bytes\":null,"
                        + "\"top_logprobs\":[{\"token\":\"U\",\"logprob\":-1.25,\"bytes\":null}]}]}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anImagesSignatureStandsOnItWhenTheAnswerIsWrittenAnew(boolean stream) {
        String image = "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"YQ==\"}";
        String parts = image + "}," + image + ",\"thoughtSignature\":\"S\"}";
        String answer = "{\"candidates\":[{\"content\":{\"parts\":[" + parts
                + "],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}]}";
        ChatRequest request = ChatRequest.of("m", "Hi");
        String written;
        if (stream) {
            EventWriter writer = Gemini.DIALECT.eventWriter(Gemini.head("gemini", Framing.JSON_ARRAY), request);
            EventReader.Kind unused = Gemini.read(List.of(Gemini.bytes(events(answer))), writer);
            writer.complete();
            written = writer.written().toString();
        } else {
            written = new String(
                    Gemini.DIALECT.writeAnswer(
                            Gemini.whole(answer), Gemini.head("gemini", Framing.JSON_ARRAY), request),
                    UTF_8);
        }
        assertThat(written).contains(image + ",\"thoughtSignature\":\"S\"}").containsOnlyOnce("thoughtSignature");
    }

    @Test
    void anArrayIsWrittenPieceByPieceAndClosed() {
        EventWriter writer =
                Gemini.DIALECT.eventWriter(Gemini.head("openai", Framing.JSON_ARRAY), ChatRequest.of("m", "Hi"));
        EventReader.Kind unused =
                Gemini.read(List.of(Gemini.bytes(events(chunk("Hel", ""), chunk("lo", "MAX_TOKENS")))), writer);
        writer.complete();
        JsonNode all = tree(writer.written().toString());
        assertThat(all.isArray()).isTrue();
        assertThat(all).hasSize(3);
        assertThat(all.at("/2/candidates/0/finishReason").asString()).isEqualTo("MAX_TOKENS");
        assertThat(all.at("/0/modelVersion").asString()).isEqualTo("the-model");
    }

    @Test
    void errorsAreWrittenForBothKindsOfClients() {
        CallerError error =
                new CallerError(429, "Slow down.", "rate_limit_error", "rate_limit_exceeded", null, "r", List.of());
        JsonNode body = tree(new String(Gemini.DIALECT.writeError(error), UTF_8));
        assertThat(body.at("/error/code").asInt()).isEqualTo(429);
        assertThat(body.at("/error/status").asString()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(body.at("/error/details/0/reason").asString()).isEqualTo("RATE_LIMIT_EXCEEDED");
        String event = new String(Gemini.DIALECT.writeErrorEvent(error, 3, "", Framing.SSE), UTF_8);
        assertThat(event)
                .startsWith("data: {\"error\":")
                .contains("}\n\n{\"error\":")
                .endsWith("}");
        assertThat(new String(Gemini.DIALECT.writeErrorEvent(error, 3, "", Framing.JSON_ARRAY), UTF_8))
                .startsWith(",\r\n{\"error\":")
                .endsWith("]");
        assertThat(new String(Gemini.DIALECT.writeErrorEvent(error, 0, "", Framing.JSON_ARRAY), UTF_8))
                .startsWith("[{\"error\":");
    }
}
