package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Calls of tools: to providers' own clients, and back with their results. */
class OwnToolsTest {
    private static final String TOOLS = "\"tools\":true";
    private static final String BERN = "{\"city\":\"Bern\"}";

    /** The signature of the conformance kit's reasoning. */
    private static final String PROOF = "EqoBCkgIARABGAIiQL+/09azAZ8xYyhq7uPwK2fJ0m4Vd9sTgQbRcNnEeLtOhXiUaW6k3l5D+w==";

    private static final List<String> FORMS = List.of("complete", "stream");

    /** Mistral's client can read a call of a stream only whole, as Mistral sends it, and not in OpenAI's pieces. */
    private static List<String> forms(Client client, Provider provider) {
        return client == Client.MISTRAL && provider != Provider.MISTRAL ? List.of("complete") : FORMS;
    }

    @EachOwnPair
    void oneCall(Client client, Provider provider) {
        for (String form : forms(client, provider)) {
            Told told = calls(client, provider, form, "one tool call");
            assertThat(told.calls()).hasSize(1);
            told.called(0, "call_a1", "get_weather", BERN);
        }
    }

    @EachOwnPair
    void parallelCalls(Client client, Provider provider) {
        for (String form : forms(client, provider)) {
            Told told = calls(client, provider, form, "parallel tool calls");
            assertThat(told.calls()).hasSize(3);
            told.called(0, "call_a1", "get_weather", BERN);
            told.called(1, "call_b2", "get_weather", "{\"city\":\"Oslo \\\"N\\\"\"}");
            told.called(2, "call_c3", "get_time", "{}");
        }
    }

    @EachOwnPair
    void aCallWithoutArguments(Client client, Provider provider) {
        for (String form : forms(client, provider)) {
            Told told = calls(client, provider, form, "zero-argument call");
            assertThat(told.calls()).hasSize(1);
            told.called(0, "call_c3", "get_time", "{}");
        }
    }

    @EachOwnPair
    void aTextAndACall(Client client, Provider provider) {
        for (String form : forms(client, provider)) {
            Told told = calls(client, provider, form, "text and tool call");
            assertThat(told.text()).isEqualTo("Let me look.");
            told.called(0, "call_a1", "get_weather", BERN);
        }
    }

    private static Told calls(Client client, Provider provider, String form, String scenario) {
        try (Scene scene = Scene.before(provider, client).reply(scenario)) {
            Told told = scene.told(scene.call(form, TOOLS));
            // Gemini and Ollama have no end of their own for calls.
            assertThat(told.finish()).isEqualTo(client.genai() || client == Client.OLLAMA ? "stop" : "tool_calls");
            assertThat(scene.sent().toString()).contains("get_weather", "get_time", "The weather in a city");
            return told;
        }
    }

    @EachOwnPair
    void theRoundTripWithItsResult(Client client, Provider provider) {
        for (String form : forms(client, provider)) {
            try (Scene scene =
                    Scene.before(provider, client).reply("one tool call").reply("plain text")) {
                Told told = scene.told(scene.call(form, "\"run\":true"));
                assertThat(told.text()).isEqualTo("Hello there.");
                assertThat(told.json().path("asked")).hasSize(1);
                scene.sent();
                cameBack(scene.sent(), provider);
            }
        }
    }

    private static void cameBack(JsonNode sent, Provider provider) {
        String body = sent.toString();
        assertThat(body).contains("get_weather: rain");
        switch (provider) {
            case ANTHROPIC -> {
                assertThat(sent.at("/messages/1/content/0/input").toString()).isEqualTo(BERN);
                assertThat(sent.at("/messages/2/content/0/tool_use_id").asString())
                        .isEqualTo(sent.at("/messages/1/content/0/id").asString("none"));
            }
            case OPENAI, MISTRAL -> {
                assertThat(sent.at("/messages/1/tool_calls/0/function/arguments")
                                .asString())
                        .isEqualTo(BERN);
                assertThat(sent.at("/messages/2/tool_call_id").asString())
                        .isEqualTo(sent.at("/messages/1/tool_calls/0/id").asString("none"));
            }
            default -> assertThat(body).contains("Bern");
        }
    }

    /** It says so: the call is not lost in silence. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "MISTRAL")
    void aCallInPieces(Client client) {
        try (Scene scene = Scene.before(Provider.OPENAI, client).reply("one tool call")) {
            scene.askStreamed(TOOLS).raised("tool_calls");
        }
    }

    /** Mistral's client drops the member in which signatures come in chat completions. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"GENAI_NODE", "GENAI_JAVA", "COHERE", "OLLAMA"})
    void signedThinkingGoesBackToAnthropic(Client client) {
        for (String form : FORMS) {
            try (Scene scene = Scene.before(Provider.ANTHROPIC, client)
                    .reply("reasoning with signature, returned with a tool result")) {
                String thinking = "\"thinking\":\"I have to look.\"";
                signedThinkingGoesBack(scene, form, thinking, "\"signature\":\"" + PROOF + "\"");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"GENAI_NODE", "GENAI_JAVA"})
    void signedThoughtsGoBackToGemini(Client client) {
        for (String form : FORMS) {
            try (Scene scene = Scene.before(Provider.GEMINI, client).answer(GeminiFrames.signedCall(form))) {
                signedThinkingGoesBack(scene, form, "\"thoughtSignature\":\"" + GeminiFrames.SIGNATURE + "\"");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "MISTRAL")
    void thinkingGoesBackToMistral(Client client) {
        String thinking = "{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"I have to look.\"}]";
        String call = "{\"id\":\"D681PevKs\",\"function\":{\"name\":\"get_weather\",\"arguments\":\"{}\"},\"index\":0}";
        String message = "\"content\":[" + thinking + "}],\"tool_calls\":[" + call + "]";
        try (Scene scene = Scene.of(client)
                .answer(Frames.completion(message, "\"finish_reason\":\"tool_calls\""))
                .reply("plain text")) {
            signedThinkingGoesBack(scene, "complete", thinking, "\"tool_call_id\":\"D681PevKs\"");
        }
        try (Scene scene = Scene.of(client)
                .answer(Frames.stream(
                        Frames.delta(0, "{\"role\":\"assistant\",\"content\":[" + thinking + "}]}"),
                        Frames.chunk("[{\"index\":0,\"delta\":{\"content\":\"\",\"tool_calls\":[" + call
                                + "]},\"finish_reason\":\"tool_calls\"}]")))
                .reply("plain text")) {
            signedThinkingGoesBack(scene, "stream", thinking, "\"tool_call_id\":\"D681PevKs\"");
        }
    }

    private static void signedThinkingGoesBack(Scene scene, String form, String... expected) {
        scene.reply("plain text");
        Told told = scene.told(scene.call(form, "\"run\":true", "\"think\":true"));
        assertThat(told.text()).isEqualTo("Hello there.");
        scene.sent();
        assertThat(scene.sent().toString()).as(form).contains(expected).contains("get_weather: rain");
    }
}
