package dev.thalweg.core.dialect.anthropic;

import static org.assertj.core.api.Assertions.fail;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes in, readers refuse it or read it, and what they read can be written. */
class MutationTest {
    private static final int ROUNDS = 10_000;
    private static final String[] PIECES = {
        "null",
        "{}",
        "[]",
        "\"\"",
        "0",
        "-1",
        "1e9",
        "true",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        "\n\n",
        "\"type\":",
        "\"index\":1,",
        "\"input\":{\"a\":1},",
        "99999999999999999999",
        "\u00ff",
        "text",
        "tool_use",
        "thinking",
        "\"signature\":\"x\",",
        "content_block_stop",
        "content_block_start",
        "server_tool_use"
    };
    private static final AnthropicDialect DIALECT = new AnthropicDialect();

    @Test
    void streams() {
        Random random = new Random(42);
        for (int round = 0; round < ROUNDS; round++) {
            String stream = mutated(Fixtures.STREAMS.get(round % Fixtures.STREAMS.size()), random);
            String upstream = round % 2 == 0 ? "anthropic" : "openai";
            EventWriter writer = DIALECT.eventWriter(Written.head(upstream), ChatRequest.of("m", "Hi"));
            guard(round, stream, () -> {
                try {
                    Told.read(List.of(Fixtures.bytes(stream)), writer, new Told());
                } finally {
                    writer.complete();
                    new Written(writer.written().toString());
                }
            });
        }
    }

    @Test
    void answers() {
        Random random = new Random(43);
        for (int round = 0; round < ROUNDS; round++) {
            String answer = mutated(Fixtures.ANSWER, random);
            guard(round, answer, () -> Told.ofAnswer(answer));
        }
    }

    @Test
    void requests() {
        Random random = new Random(44);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = Bytes.utf8(mutated(Fixtures.REQUEST, random));
            guard(round, new String(body, StandardCharsets.UTF_8), () -> {
                ChatRequest request = DIALECT.readRequest(body, 0, body.length);
                byte[] written = DIALECT.writeRequest(
                        request, Providers.find("openai").orElseThrow(), "claude-sonnet-4-5", true, new Warnings());
                try {
                    DIALECT.readRequest(written, 0, written.length);
                } catch (RequestProblem e) {
                    // A conversation of which nothing is left cannot be read again; what is no JSON must not be
                    // written.
                    if (!"messages".equals(e.param())) {
                        throw new IllegalStateException(new String(written, StandardCharsets.UTF_8), e);
                    }
                }
            });
        }
    }

    private static void guard(int round, String input, Runnable step) {
        try {
            step.run();
        } catch (JsonSyntaxException | RequestProblem e) {
            // refused
        } catch (AssertionError | RuntimeException e) {
            fail("round " + round + ": " + e + " for " + input, e);
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(mutated.length());
            int to = Math.min(mutated.length(), at + 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 4));
            switch (random.nextInt(5)) {
                case 0 -> mutated.delete(at, to);
                case 1 -> mutated.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> mutated.replace(at, to, PIECES[random.nextInt(PIECES.length)]);
                case 3 -> mutated.insert(random.nextInt(mutated.length()), mutated.substring(at, to));
                default -> mutated.setCharAt(at, (char) random.nextInt(0x250));
            }
        }
        return mutated.toString();
    }
}
