package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many tokens a text has, about. The samples' true counts are in {@code token-samples/counts.csv}. */
class TokenEstimatorTest {
    @ParameterizedTest(name = "{0}: {1} within {3} %")
    @CsvFileSource(resources = "/token-samples/counts.csv")
    void theEstimateIsWithinItsBound(String sample, long o200k, long cl100k, double bound) throws IOException {
        long estimate = ofCharacters(sample(sample));
        assertThat(100.0 * estimate / o200k - 100).as("percent off").isCloseTo(0, within(bound));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/token-samples/counts.csv")
    void howATextIsSpelledChangesNothing(String sample) throws IOException {
        String text = sample(sample);
        long expected = ofCharacters(text);
        assertThat(ofJson(new ByteBuilder(64).string(text).toBytes())).isEqualTo(expected);
        StringBuilder escaped = new StringBuilder("\"");
        text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        assertThat(ofJson(Bytes.utf8(escaped + "\""))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/token-samples/counts.csv")
    void aTextInFragmentsHasWhatItHasWhole(String sample) throws IOException {
        String text = sample(sample);
        TokenEstimator fragments = new TokenEstimator();
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i += 3) {
            String piece = new String(characters, i, Math.min(3, characters.length - i));
            byte[] json = new ByteBuilder(16).string(piece).toBytes();
            fragments.add(json, 1, json.length - 1);
        }
        assertThat(fragments.tokens()).isEqualTo(ofCharacters(text));
    }

    @Test
    void nothingIsNothingAndAnythingIsAtLeastOne() {
        assertThat(new TokenEstimator().tokens()).isZero();
        assertThat(ofCharacters("")).isZero();
        assertThat(ofCharacters(" ")).isEqualTo(1);
        assertThat(ofCharacters("ạ")).isEqualTo(1);
    }

    @Test
    void runsOfBlanksAreCheap() {
        assertThat(ofCharacters(" ".repeat(40))).isLessThanOrEqualTo(2);
    }

    @Test
    void knownTokensAreAddedAsTheyAre() {
        TokenEstimator tokens = new TokenEstimator();
        tokens.addTokens(7);
        assertThat(tokens.tokens()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\", "\\u", "\\u12", "\\uD83D", "\\uD83D\\u", "\\uD83D\\uDE0", "\\uDE00", "\\x", "\\uZZZZ"})
    void anEscapeThatIsNoneIsCountedAsSomething(String text) {
        TokenEstimator tokens = new TokenEstimator();
        byte[] bytes = Bytes.utf8(text);
        tokens.add(bytes, 0, bytes.length);
        assertThat(tokens.tokens()).isBetween(1L, 10L);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void anyBytesAreTaken(int seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(8)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = '\\';
            }
            TokenEstimator tokens = new TokenEstimator();
            tokens.add(bytes, 0, bytes.length);
            assertThat(tokens.tokens()).isBetween(1L, 3L * bytes.length);
        }
    }

    private static long ofCharacters(String text) {
        TokenEstimator tokens = new TokenEstimator();
        tokens.add(text);
        return tokens.tokens();
    }

    private static long ofJson(byte[] json) {
        JsonText text = new JsonText();
        new JsonCursor(1, true).reset(json, 0, json.length).readText(text);
        TokenEstimator tokens = new TokenEstimator();
        tokens.add(text);
        return tokens.tokens();
    }

    private static String sample(String name) throws IOException {
        try (var in = TokenEstimatorTest.class.getResourceAsStream("/token-samples/" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
