package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.examples.litellm.AsyncCompletion;
import dev.thalweg.examples.litellm.AsyncStreaming;
import dev.thalweg.examples.litellm.CompletionsOnVirtualThreads;
import dev.thalweg.examples.litellm.InfiniteLoop;
import dev.thalweg.examples.litellm.RebuildResponse;
import dev.thalweg.examples.litellm.RepeatedChunkLimit;
import dev.thalweg.examples.litellm.StreamingResponses;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The twins of LiteLLM's page print what it says they print. */
class LiteLlmExamplesTest {
    private static final Script LOOP = Script.sse()
            .event(OpenAiScripts.roleChunk())
            .repeat(500, script -> script.event(OpenAiScripts.contentChunk("How are you?")))
            .event(OpenAiScripts.finishChunk("stop"))
            .event("[DONE]")
            .build();

    @Test
    void theStreamIsPrintedPieceByPiece() throws Exception {
        assertThat(run(StreamingResponses.class, OpenAiScripts.stream("Fine, ", "and you?")))
                .isEqualTo("\nFine, \nand you?\n\n");
    }

    @Test
    void theAnswerIsPutTogetherFromItsChunks() throws Exception {
        String output = run(RebuildResponse.class, OpenAiScripts.stream("Fine, ", "and you?"));
        assertThat(output.lines())
                .satisfiesExactly(
                        answer -> assertThat(answer)
                                .startsWith("ChatResponse[id=chatcmpl-testkit, model=gpt-4o-mini, "
                                        + "choices=[ChatChoice[0, stop: Fine, and you?]], Usage[")
                                .endsWith(", estimated]]"),
                        json -> assertThat(json)
                                .contains(
                                        "\"object\":\"chat.completion\"",
                                        "\"content\":\"Fine, and you?\"",
                                        "\"finish_reason\":\"stop\""));
    }

    @Test
    void theFutureGivesTheAnswer() throws Exception {
        assertThat(run(AsyncCompletion.class, OpenAiScripts.completion("I am well.")))
                .isEqualTo("ChatResponse[id=chatcmpl-testkit, model=gpt-4o-mini, "
                        + "choices=[ChatChoice[0, stop: I am well.]], Usage[input=10, output=5, total=15]]\n");
    }

    @Test
    void threeQuestionsAreAskedAtOnce() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.always(OpenAiScripts.completion("I am well."));
            String output = Program.run(CompletionsOnVirtualThreads.class, environment(upstream));
            assertThat(output.lines()).hasSize(3).allMatch(line -> line.contains("I am well."));
            assertThat(upstream.requests()).hasSize(3);
        }
    }

    @Test
    void theSubscriberIsToldOfEachChunk() throws Exception {
        String output = run(AsyncStreaming.class, OpenAiScripts.stream("Fine, ", "and you?"));
        assertThat(output.lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("publish + Flow.Subscriber"),
                        line -> assertThat(line).startsWith("response: "),
                        line -> assertThat(line).startsWith("ChatChunk[id=chatcmpl-testkit, model=gpt-4o-mini"),
                        line -> assertThat(line).contains("0: \"Fine, \""),
                        line -> assertThat(line).contains("0: \"and you?\""),
                        line -> assertThat(line).contains("finish=stop"));
    }

    @Test
    void theSubscriberIsToldOfAnError() throws Exception {
        Script refusal = OpenAiScripts.error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key.");
        assertThat(run(AsyncStreaming.class, refusal))
                .contains("error occurred: dev.thalweg.error.AuthenticationException: ")
                .contains("Incorrect API key.");
    }

    @Test
    void aLoopIsBrokenAtTheLimit() throws Exception {
        assertThat(run(RepeatedChunkLimit.class, LOOP))
                .startsWith("How are you?".repeat(99) + "\n")
                .contains("repeated", "100")
                .contains("\nrepeated_chunks, worth another try: true\n")
                .endsWith("\nkept: " + 99 * "How are you?".length() + " characters\n");
    }

    @Test
    void oneChunkMoreThanTheLimitIsALoop() throws Exception {
        String output = Program.run(InfiniteLoop.class, Map.of());
        assertThat(output.lines())
                .satisfiesExactly(
                        record -> assertThat(record)
                                .startsWith(
                                        "CallRecord[12345, gpt-3.5-turbo (cached_response), repeated_chunks after "),
                        error -> assertThat(error)
                                .startsWith("After 99 chunks: ")
                                .contains("100"));
    }

    @Test
    void theGatewayReadsTheLimitFromLiteLlmsConfig() throws IOException {
        try (Scene scene = new Scene("loop-limit.yaml");
                RawClient client = RawClient.connect(scene.port())) {
            scene.upstream().always(LOOP);
            client.post("/v1/chat/completions", Map.of("Authorization", "Bearer " + Scene.KEY), """
                    {"model":"gpt-3.5-turbo","stream":true,"messages":[{"role":"user","content":"Hey"}]}""");
            assertThat(client.readHead().status()).isEqualTo(200);
            String body = client.readBody().text();
            assertThat(body.split("How are you\\?", -1)).hasSize(1 + 99);
            assertThat(body.substring(body.indexOf("event: error")))
                    .startsWith("event: error\ndata: {\"error\":{")
                    .contains("\"type\":\"server_error\"", "\"code\":\"repeated_chunks\"")
                    .doesNotContain("[DONE]", "finish_reason");
        }
    }

    private static String run(Class<?> program, Script answer) throws IOException, InterruptedException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.enqueue(answer);
            return Program.run(program, environment(upstream));
        }
    }

    private static Map<String, String> environment(ScriptedUpstream upstream) {
        return Map.of("OPENAI_BASE_URL", upstream.url(), "OPENAI_API_KEY", "sk-example");
    }
}
