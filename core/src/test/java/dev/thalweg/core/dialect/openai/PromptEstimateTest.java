package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.TokenEstimator;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptEstimateTest {
    private static final String TEXT = "What is the weather like in Boston today?";
    private static final String SCHEMA = """
            {"type":"object","properties":{"city":{"type":"string","description":"The city and state"}}}""";

    @Test
    void aMessageCountsItsTextAndWhatFramesIt() {
        assertThat(of(messages(user("\"" + TEXT + "\"")))).isEqualTo(3 + 4 + tokens(TEXT));
    }

    @Test
    void textPartsCountLikeText() {
        String parts = "[{\"type\":\"text\",\"text\":\"" + TEXT + "\"}]";
        assertThat(of(messages(user(parts)))).isEqualTo(of(messages(user("\"" + TEXT + "\""))));
    }

    @Test
    void anImageCountsTheSameHoweverManyBytesItHas() {
        String small = image("https://example.org/cat.png");
        String large = image("data:image/png;base64," + "iVBORw0KGgo".repeat(10_000));
        assertThat(of(messages(user(small))))
                .isEqualTo(of(messages(user(large))))
                .isEqualTo(3 + 4 + PromptEstimate.ATTACHMENT_TOKENS);
    }

    @Test
    void audioAndFilesCountAsOneImage() {
        String audio = "[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAAA\",\"format\":\"wav\"}}]";
        String file = "[{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,AAAA\"}}]";
        assertThat(of(messages(user(audio))))
                .isEqualTo(of(messages(user(file))))
                .isEqualTo(3 + 4 + PromptEstimate.ATTACHMENT_TOKENS);
    }

    @Test
    void toolCallsCountByNameAndArgumentsAndNotById() {
        String call = """
                {"role":"assistant","content":null,"tool_calls":[{"id":"%s","type":"function",\
                "function":{"name":"get_weather","arguments":"{\\"city\\":\\"Boston\\"}"}}]}""";
        long expected = 3 + 4 + TokenEstimator.TOOL_CALL_TOKENS + tokens("get_weather{\"city\":\"Boston\"}");
        assertThat(of(messages(call.formatted("call_1")))).isEqualTo(expected);
        assertThat(of(messages(call.formatted("x".repeat(500))))).isEqualTo(expected);
    }

    @Test
    void definitionsOfToolsCountTheirNamesAndTexts() {
        String tools =
                "[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":" + SCHEMA + "}}]";
        String body = messages(user("\"Hi\""));
        String with = body.substring(0, body.length() - 1) + ",\"tools\":" + tools + "}";
        assertThat(of(with) - of(body)).isBetween(40 + 8L, 40 + tokens(tools));
    }

    @Test
    void whatIsNoPromptCountsNothing() {
        String body = messages(user("\"Hi\""));
        String with = "{\"model\":\"" + "m".repeat(300) + "\",\"metadata\":{\"text\":\"" + TEXT + "\"},"
                + "\"user\":\"somebody\"," + body.substring(1);
        assertThat(of(with)).isEqualTo(of(body));
    }

    @Test
    void aRequestOfTheVocabularyCountsLikeTheBodyItBecomes() {
        ChatRequest request = ChatRequest.builder("openai/gpt-4o-mini")
                .system("Be brief.")
                .message(Message.user(TEXT, List.of("https://example.org/cat.png")))
                .message(Message.assistant("", List.of(ToolCall.of("call_1", "get_weather", "{}"))))
                .message(Message.tool("call_1", "Sunny, 20 °C"))
                .tool(ToolSpec.of("get_weather", "Tells the weather.", SCHEMA))
                .build();
        long frames = 3 + 40 + 4 * 4 + TokenEstimator.TOOL_CALL_TOKENS + PromptEstimate.ATTACHMENT_TOKENS;
        long texts = tokens("Be brief." + TEXT + "get_weather{}Sunny, 20 °C");
        assertThat(PromptEstimate.ofRequest(request)).isBetween(frames + texts + 8, frames + texts + 30);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "null",
                "{",
                "{\"messages\":",
                "{\"messages\":7}",
                "{\"messages\":[7,null,[]]}",
                "{\"messages\":[{\"content\":{\"a\":1}}]}",
                "{\"messages\":[{\"content\":[7,[],{\"text\":{}}]}]}",
                "{\"messages\":[{\"tool_calls\":{}},{\"tool_calls\":[null,{\"function\":[]}]}]}",
                "{\"tools\":\"\",\"functions\":7,\"response_format\":null}"
            })
    void anOddBodyIsCountedAsFarAsItGoes(String body) {
        assertThat(of(body)).isBetween(0L, 20L);
    }

    @Test
    void aBodyThatBreaksOffCountsWhatCameBefore() {
        String body = messages(user("\"" + TEXT + "\""));
        assertThat(of(body.substring(0, body.length() - 2))).isEqualTo(of(body));
    }

    @Test
    void endlessNestingIsNotFollowed() {
        assertThat(of("{\"messages\":[],\"tools\":" + "[".repeat(1_000_000))).isEqualTo(3 + 40);
    }

    private static long of(String body) {
        byte[] bytes = Bytes.utf8("??" + body);
        return PromptEstimate.ofRequest(bytes, 2, bytes.length - 2);
    }

    private static long tokens(String text) {
        TokenEstimator tokens = new TokenEstimator();
        tokens.add(text);
        return tokens.tokens();
    }

    private static String messages(String message) {
        return "{\"model\":\"gpt\",\"messages\":[" + message + "]}";
    }

    private static String user(String content) {
        return "{\"role\":\"user\",\"content\":" + content + "}";
    }

    private static String image(String url) {
        return "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + url + "\"}}]";
    }
}
