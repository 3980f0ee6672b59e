package dev.thalweg.core.dialect.bedrock;

import static org.assertj.core.api.Assertions.fail;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.BrokenFrameException;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.EventTooLargeException;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.testkit.AwsFrame;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Whatever comes in, readers refuse it or read it, and what they read can be written. */
class BedrockFuzzTest {
    private static final int ROUNDS = 5_000;
    private static final List<String> TYPES = List.of(
            "messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata");
    private static final List<String> DATA = List.of(
            "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"a\"}}",
            "{\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\"{}\"}}}",
            "{\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"n\",\"type\":\"server_tool_use\"}}}",
            "{\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"n\"}}}",
            "{\"contentBlockIndex\":2,\"start\":{\"toolResult\":{\"toolUseId\":\"t\"}}}",
            "{\"contentBlockIndex\":2,\"delta\":{\"toolResult\":[{\"json\":{}}]}}",
            "{\"contentBlockIndex\":3,\"delta\":{\"reasoningContent\":{\"text\":\"a\",\"signature\":\"s\"}}}",
            "{\"contentBlockIndex\":3,\"delta\":{\"citation\":{\"location\":{\"web\":{\"url\":\"u\"}},\"sourceContent\":[{\"text\":\"w\"}]}}}",
            "{\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":1,\"outputTokens\":2}}");
    private static final String[] PIECES = {
        "null",
        "{}",
        "[]",
        "\"\"",
        "0",
        "-1",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "99999999999999999999",
        "\u00ff",
        "text",
        "toolUse",
        "reasoningContent",
        "\"input\":"
    };
    private static final BedrockDialect DIALECT = new BedrockDialect();

    @Test
    void streams() {
        Random random = new Random(42);
        for (int round = 0; round < ROUNDS; round++) {
            EventWriter writer = DIALECT.eventWriter(
                    new AnswerHead("r", round % 2 == 0 ? "bedrock" : "openai", "m", 1, true, List.of()),
                    ChatRequest.of("m", "Hi"));
            for (int i = random.nextInt(12); i >= 0; i--) {
                String data = mutated(DATA.get(random.nextInt(DATA.size())), random);
                byte[] frame = AwsFrame.event(TYPES.get(random.nextInt(TYPES.size())), data)
                        .bytes();
                guard(round, data, () -> Told.read(List.of(frame), writer, new Told()));
            }
            guard(round, "the end", () -> {
                writer.complete();
                Told.ofStream(List.of(writer.written().toBytes()));
            });
        }
    }

    @Test
    void frames() {
        Random random = new Random(43);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] stream =
                    Fixtures.STREAMS.get(round % Fixtures.STREAMS.size()).clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
            }
            guard(round, "a frame", () -> Told.ofStream(List.of(stream)));
        }
    }

    @Test
    void answersAndRequests() {
        Random random = new Random(44);
        for (int round = 0; round < ROUNDS; round++) {
            String answer = mutated(Fixtures.ANSWER, random);
            guard(round, answer, () -> Told.ofAnswer(answer));
            String request = mutated(Fixtures.REQUEST, random);
            byte[] body = Bytes.utf8(request);
            guard(round, request, () -> {
                ChatRequest read = DIALECT.readRequest(body, 0, body.length);
                JsonMapper.shared()
                        .readTree(DIALECT.writeRequest(
                                read,
                                Providers.find("bedrock").orElseThrow(),
                                "anthropic.claude-3-haiku-20240307-v1:0",
                                true,
                                new Warnings()));
            });
        }
    }

    private static void guard(int round, String input, Runnable step) {
        try {
            step.run();
        } catch (JsonSyntaxException | RequestProblem | BrokenFrameException | EventTooLargeException e) {
            // refused
        } catch (AssertionError | RuntimeException e) {
            fail("round " + round + ": " + e + " for " + input, e);
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(mutated.length());
            int to = Math.min(mutated.length(), at + 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 4));
            switch (random.nextInt(4)) {
                case 0 -> mutated.delete(at, to).append(' ');
                case 1 -> mutated.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> mutated.replace(at, to, PIECES[random.nextInt(PIECES.length)]);
                default -> mutated.setCharAt(at, (char) random.nextInt(0x250));
            }
        }
        return mutated.toString();
    }
}
