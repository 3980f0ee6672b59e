package dev.thalweg.core.stream;

import static dev.thalweg.core.stream.Chunks.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.model.Audio;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.model.ToolCall;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A streamed answer and the unary one of the same content are put together to the same. */
class AssemblerTest {
    @Test
    void text() {
        same(
                unary("{\"role\":\"assistant\",\"content\":\"Hé, 🦊\",\"refusal\":null}", "stop"),
                chunk(0, "{\"role\":\"assistant\",\"content\":\"\"}", null),
                chunk(0, "{\"content\":\"Hé, \"}", null),
                chunk(0, "{\"content\":\"\\ud83e\\udd8a\"}", null),
                chunk(0, "{}", "stop"),
                USAGE_CHUNK);
    }

    @Test
    void severalChoices() {
        same(
                "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"A\"},\"finish_reason\":\"stop\"},"
                        + "{\"index\":1,\"message\":{\"content\":\"B\"},\"finish_reason\":\"length\"}]," + USAGE + "}",
                chunk(1, "{\"content\":\"B\"}", null),
                chunk(0, "{\"content\":\"A\"}", "stop"),
                chunk(1, "{}", "length"),
                USAGE_CHUNK);
    }

    @Test
    void toolCalls() {
        ChatResponse response = same(
                unary(
                        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}},"
                                + "{\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]}",
                        "tool_calls"),
                chunk(0, "{\"role\":\"assistant\",\"content\":null}", null),
                chunk(
                        0,
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}",
                        null),
                chunk(
                        0,
                        "{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]}",
                        null),
                chunk(0, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}]}", null),
                chunk(0, "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\":1}\"}}]}", null),
                chunk(0, "{}", "tool_calls"),
                USAGE_CHUNK);
        assertThat(response.toolCalls())
                .containsExactly(ToolCall.of("a", "f", "{\"x\":1}"), ToolCall.of("b", "g", "{}"));
    }

    @Test
    void reasoningAndRefusal() {
        ChatResponse response = same(
                unary(
                        "{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"hmm\",\"refusal\":\"No.\"}",
                        "stop"),
                chunk(0, "{\"reasoning\":\"h\"}", null),
                chunk(0, "{\"reasoning\":\"mm\",\"content\":null}", null),
                chunk(0, "{\"refusal\":\"No\"}", null),
                chunk(0, "{\"refusal\":\".\"}", "stop"),
                USAGE_CHUNK);
        assertThat(response.choices().get(0).reasoning()).isEqualTo("hmm");
        assertThat(response.choices().get(0).refusal()).isEqualTo("No.");
    }

    @Test
    void signedThinkingKeepsItsBlocksInOrder() {
        ChatResponse response = same(
                unary(
                        "{\"content\":\"x\",\"reasoning_content\":\"abc\",\"thinking_blocks\":[{\"type\":\"thinking\","
                                + "\"thinking\":\"ab\",\"signature\":\"s1\"},{\"type\":\"redacted_thinking\",\"data\":\"zz\"},"
                                + "{\"type\":\"thinking\",\"thinking\":\"c\",\"signature\":\"s2\"}]}",
                        "stop"),
                chunk(0, "{\"reasoning_content\":\"a\",\"thinking_blocks\":[{\"thinking\":\"a\"}]}", null),
                chunk(0, "{\"reasoning_content\":\"b\"}", null),
                chunk(0, "{\"thinking_blocks\":[{\"thinking\":\"\",\"signature\":\"s1\"}]}", null),
                chunk(0, "{\"thinking_blocks\":[{\"type\":\"redacted_thinking\",\"data\":\"zz\"}]}", null),
                chunk(0, "{\"reasoning_content\":\"c\"}", null),
                chunk(0, "{\"thinking_blocks\":[{\"signature\":\"s2\"}],\"content\":\"x\"}", "stop"),
                USAGE_CHUNK);
        assertThat(response.choices().get(0).reasoningBlocks())
                .containsExactly(
                        ReasoningBlock.of("ab", "s1"), ReasoningBlock.redacted("zz"), ReasoningBlock.of("c", "s2"));
    }

    @Test
    void logprobsAudioImagesAnnotationsAndFurtherFields() {
        ChatResponse response = same(
                "{\"id\":\"c1\",\"created\":17,\"model\":\"m\",\"citations\":[\"u\",\"v\"],\"choices\":[{\"index\":0,\"message\":"
                        + "{\"content\":\"ab\",\"annotations\":[{\"n\":1},{\"n\":2}],\"images\":[{\"n\":3}],\"audio\":{\"id\":\"au\","
                        + "\"data\":\"QUJD\",\"transcript\":\"ab\",\"expires_at\":9},\"notes\":[1,2],\"psf\":{\"a\":1,\"b\":2}},"
                        + "\"logprobs\":{\"content\":[{\"token\":\"a\"},{\"token\":\"b\"}],\"refusal\":null},"
                        + "\"native\":\"end\",\"finish_reason\":\"stop\"}]," + USAGE + "}",
                "{\"id\":\"c1\",\"created\":17,\"model\":\"m\",\"citations\":[\"u\"],\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\","
                        + "\"annotations\":[{\"n\":1}],\"audio\":{\"id\":\"au\",\"data\":\"QUJ\",\"transcript\":\"a\"},\"notes\":[1],"
                        + "\"psf\":{\"a\":1}},\"logprobs\":{\"content\":[{\"token\":\"a\"}],\"refusal\":null}}]}",
                "{\"id\":\"c1\",\"created\":17,\"model\":\"m\",\"citations\":[\"u\",\"v\"],\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\","
                        + "\"annotations\":[{\"n\":2}],\"images\":[{\"n\":3}],\"audio\":{\"data\":\"D\",\"transcript\":\"b\","
                        + "\"expires_at\":9},\"notes\":[2],\"psf\":{\"b\":2}},\"logprobs\":{\"content\":[{\"token\":\"b\"}],"
                        + "\"refusal\":null},\"native\":\"end\",\"finish_reason\":\"stop\"}]}",
                USAGE_CHUNK);
        Audio audio = response.choices().get(0).audio().orElseThrow();
        assertThat(audio.data()).asString().isEqualTo("ABC");
        assertThat(audio.transcript()).isEqualTo("ab");
        assertThat(audio.expiresAt()).hasValue(Instant.ofEpochSecond(9));
        assertThat(response.created()).hasValue(Instant.ofEpochSecond(17));
        assertThat(response.extra().get("citations").text()).isEqualTo("[\"u\",\"v\"]");
    }

    @Test
    void afterARestartOnlyTheNewAnswerCounts() {
        Assembler assembler = new Assembler();
        Chunks.of(chunk(0, "{\"content\":\"old\",\"refusal\":\"old\"}", null)).forEach(assembler::add);
        assembler.add(ChatChunk.builder(new RawJson("{}"))
                .events(List.of(new StreamEvent.Restarted(2, "cut")))
                .build());
        Chunks.of(chunk(0, "{\"content\":\"new\"}", "stop")).forEach(assembler::add);
        assertThat(assembler.complete().content()).isEqualTo("new");
        assertThat(assembler.complete().choices().get(0).refusal()).isEmpty();
    }

    @Test
    void theIdComesFromTheFirstFrameThatHasOneAndTheModelFromTheLast() {
        ChatResponse response = assemble(
                "{\"id\":\"\",\"model\":\"\",\"choices\":[]}",
                chunk(0, "{\"content\":\"a\"}", null),
                "{\"id\":\"c2\",\"model\":\"m2\",\"choices\":[]}");
        assertThat(response.id()).isEqualTo("c1");
        assertThat(response.model()).isEqualTo("m2");
    }

    @Test
    void aFinishReasonNobodyGaveIsStopWithAWarning() {
        ChatResponse response = assemble(chunk(0, "{\"content\":\"a\"}", null));
        assertThat(response.finishReasons()).containsExactly(FinishReason.of("stop"));
        assertThat(response.warnings()).hasSize(1);
        assertThat(assemble(chunk(0, "{}", "stop")).warnings()).isEmpty();
    }

    @Test
    void anAnswerSoFarDoesNotClaimToHaveEnded() {
        Assembler assembler = new Assembler();
        Chunks.of(chunk(0, "{\"content\":\"Hel\"}", null)).forEach(assembler::add);
        assertThat(assembler.soFar().content()).isEqualTo("Hel");
        assertThat(assembler.soFar().finishReasons()).isEmpty();
        assertThat(assembler.soFar().choices().get(0).finishReason()).isEmpty();
        assertThat(assembler.soFar().warnings()).isEmpty();
        Chunks.of(chunk(0, "{\"content\":\"lo\"}", "stop")).forEach(assembler::add);
        assertThat(assembler.soFar().content()).isEqualTo("Hello");
        assertThat(assembler.soFar().finishReasons()).containsExactly(FinishReason.of("stop"));
    }

    @Test
    void onlyAnAnswerThatCameInOneFrameKeepsItsJson() {
        String frame = unary("{\"content\":\"a\"}", "stop");
        Assembler whole = new Assembler();
        Chunks.of(frame).forEach(whole::addWhole);
        assertThat(whole.complete().raw().orElseThrow().text()).isEqualTo(frame);
        assertThat(whole.complete())
                .usingRecursiveComparison()
                .ignoringFields("raw")
                .isEqualTo(assemble(frame));
        assertThat(assemble(frame).raw()).isEmpty();
    }

    @Test
    void aNumberLargerThanAnyIsNoReasonToFail() {
        ChatResponse response = assemble(
                chunk(0, "{\"content\":\"a\",\"odd\":{\"n\":1e99999999999},\"audio\":{\"n\":1e99999999999}}", null),
                chunk(0, "{\"odd\":{\"n\":2}}", "stop"));
        assertThat(response.content()).isEqualTo("a");
        assertThat(response.choices().get(0).messageExtra().get("odd").text()).isEqualTo("{\"n\":2}");
    }

    @Test
    void anAudioThatCannotBeReadIsNone() {
        String number = "9".repeat(1_001);
        ChatResponse response = assemble(chunk(0, "{\"content\":\"a\",\"audio\":{\"n\":" + number + "}}", "stop"));
        assertThat(response.content()).isEqualTo("a");
        assertThat(response.choices().get(0).audio()).isEmpty();
    }

    @Test
    void nothingIsAnEmptyAnswer() {
        assertThat(new Assembler().complete().choices()).isEmpty();
        assertThat(new Assembler().complete().content()).isEmpty();
        assertThat(new Assembler().complete().toolCalls()).isEmpty();
    }

    private static final String USAGE = "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6,\"total_tokens\":11,"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}";
    private static final String USAGE_CHUNK = "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[]," + USAGE + "}";

    private static String unary(String message, String finish) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
                + message + ",\"logprobs\":null,\"finish_reason\":\"" + finish + "\"}]," + USAGE + "}";
    }

    private static ChatResponse same(String unary, String... stream) {
        ChatResponse one = assemble(unary);
        ChatResponse many = assemble(stream);
        assertThat(many).usingRecursiveComparison().isEqualTo(one);
        assertThat(many.toJson()).isEqualTo(one.toJson());
        assertThat(one.warnings()).isEmpty();
        assertThat(one.usage().orElseThrow().reasoningTokens()).hasValue(2);
        return many;
    }

    private static ChatResponse assemble(String... frames) {
        Assembler assembler = new Assembler();
        Chunks.of(frames).forEach(assembler::add);
        return assembler.complete();
    }
}
