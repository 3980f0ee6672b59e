package dev.thalweg.core.dialect.gemini;

import static org.assertj.core.api.Assertions.fail;

import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes in, readers refuse it or read it, and what they read can be written. */
class GeminiMutationTest {
    private static final int ROUNDS = 5_000;

    private static final String ANSWER = """
            {"candidates":[{"content":{"parts":[{"text":"Hm","thought":true,"thoughtSignature":"S"},{"text":"A","thoughtSignature":"U"},\
            {"functionCall":{"id":"c1","name":"f","args":{"a":[1]}},"thoughtSignature":"T"},{"executableCode":{"code":"1"}},\
            {"inlineData":{"mimeType":"image/png","data":"aW0="}}],"role":"model"},"finishReason":"STOP","index":0,\
            "groundingMetadata":{"groundingChunks":[{"web":{"uri":"u","title":"t"}}],"groundingSupports":[{"segment":{"text":"A"},\
            "groundingChunkIndices":[0]}]},"logprobsResult":{"chosenCandidates":[{"token":"T","logProbability":-0.5}]}}],\
            "promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2},\
            "modelVersion":"m","responseId":"r"}""";

    private static final String REQUEST = """
            {"systemInstruction":{"parts":[{"text":"S"}]},"contents":[{"role":"user","parts":[{"text":"Hi"},\
            {"inlineData":{"mimeType":"image/png","data":"aW0="}}]},{"role":"model","parts":[{"text":"t","thought":true,\
            "thoughtSignature":"S"},{"functionCall":{"name":"f","args":{"a":1}},"thoughtSignature":"T"}]},{"role":"user",\
            "parts":[{"functionResponse":{"name":"f","response":{"output":"x"}}}]}],"tools":[{"functionDeclarations":[{"name":"f",\
            "parameters":{"type":"OBJECT","properties":{"a":{"type":"STRING"}}}}]}],"generationConfig":{"temperature":1,\
            "thinkingConfig":{"thinkingLevel":"LOW"},"responseSchema":{"type":"STRING"},"responseMimeType":"application/json"}}""";

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
        "\u00ff",
        "\"text\":",
        "\"index\":1,",
        "99999999999999999999",
        "\"thoughtSignature\":\"x\",",
        "\"functionCall\":{},",
        "\u2028"
    };

    @Test
    void streamsAndAnswers() {
        Random random = new Random(42);
        for (int round = 0; round < ROUNDS; round++) {
            String answer = mutated(ANSWER, random);
            String upstream = round % 2 == 0 ? "gemini" : "openai";
            Framing framing = round % 4 < 2 ? Framing.SSE : Framing.JSON_ARRAY;
            EventWriter writer = Gemini.DIALECT.eventWriter(Gemini.head(upstream, framing), ChatRequest.of("m", "Hi"));
            guard(round, answer, () -> {
                try {
                    EventReader.Kind unused = Gemini.read(List.of(Gemini.bytes(Gemini.events(answer))), writer);
                } finally {
                    writer.complete();
                    check(writer.written().toString(), framing);
                }
            });
            guard(round, answer, () -> {
                byte[] written = Gemini.DIALECT.writeAnswer(
                        Gemini.whole(answer), Gemini.head(upstream, framing), ChatRequest.of("m", "Hi"));
                Gemini.tree(new String(written, java.nio.charset.StandardCharsets.UTF_8));
            });
        }
    }

    private static void check(String written, Framing framing) {
        if (framing == Framing.JSON_ARRAY) {
            Gemini.tree(written);
            return;
        }
        for (String event : written.split("\n\n", -1)) {
            if (!event.isEmpty()) {
                Gemini.tree(event.substring("data: ".length()));
            }
        }
    }

    @Test
    void requests() {
        Random random = new Random(44);
        for (int round = 0; round < ROUNDS; round++) {
            String body = mutated(REQUEST, random);
            guard(round, body, () -> {
                String model = body.length() % 2 == 0 ? "gemini-3-pro" : "gemini-1.5-pro";
                Gemini.written(Gemini.request(body), model, new Warnings());
            });
        }
    }

    private static void guard(int round, String input, Runnable step) {
        try {
            step.run();
        } catch (JsonSyntaxException | RequestProblem e) {
            // refused
        } catch (AssertionError e) {
            if (!"".equals(e.getMessage()) && e.getClass() != AssertionError.class) {
                fail("round " + round + ": " + e + " for " + input, e);
            }
        } catch (RuntimeException e) {
            fail("round " + round + ": " + e + " for " + input, e);
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(mutated.length());
            int to = Math.min(mutated.length(), at + 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 4));
            switch (random.nextInt(3)) {
                case 0 -> mutated.delete(at, to);
                case 1 -> mutated.insert(at, PIECES[random.nextInt(PIECES.length)]);
                default -> mutated.replace(at, to, PIECES[random.nextInt(PIECES.length)]);
            }
            if (mutated.isEmpty()) {
                return "{";
            }
        }
        return mutated.toString();
    }
}
