package dev.thalweg.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.LoopLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Honest texts, cut as models and providers cut them, are no loops. */
class LoopCorpusTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "loop-corpus");

    /** How the tokenizers of today's models split a text before they look for tokens. */
    private static final Pattern BEFORE_TOKENS =
            Pattern.compile("(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");

    /** How they cut lists: digits by the three, the comma with the blank behind it. */
    private static final Pattern TOKENS_OF_LISTS =
            Pattern.compile("\\p{N}{1,3}|, |[^\\S\\n]?[\\p{L}\\p{M}]{1,6}|[^\\p{L}\\p{M}\\p{N}]{1,3}?");

    private static final Pattern WORDS = Pattern.compile("\\s*\\S+|\\s+");
    private static final Pattern LINES = Pattern.compile("[^\\n]*\\n");

    enum Cut {
        ONE_CHARACTER(text -> sized(text, () -> 1)),
        TWO_CHARACTERS(text -> sized(text, () -> 2)),
        THREE_CHARACTERS(text -> sized(text, () -> 3)),
        FOUR_CHARACTERS(text -> sized(text, () -> 4)),
        TWELVE_CHARACTERS(text -> sized(text, () -> 12)),
        WORDS_WITH_LEADING_BLANK(text -> matches(WORDS, text)),
        BEFORE_A_TOKENIZER(text -> matches(BEFORE_TOKENS, text)),
        TOKENS(text -> matches(TOKENS_OF_LISTS, text)),
        TOKENS_OF_UP_TO_FOUR(text -> matches(BEFORE_TOKENS, text).stream()
                .flatMap(word -> sized(word, () -> 4).stream())
                .toList()),
        TOKENS_OF_UP_TO_TWO(text -> matches(BEFORE_TOKENS, text).stream()
                .flatMap(word -> sized(word, () -> 2).stream())
                .toList()),
        WHOLE_LINES(text -> matches(LINES, text)),
        RANDOM_UP_TO_FIVE(text -> sized(text, random(text, 5))),
        RANDOM_UP_TO_THIRTY(text -> sized(text, random(text, 30)));

        private final Function<String, List<String>> pieces;

        Cut(Function<String, List<String>> pieces) {
            this.pieces = pieces;
        }
    }

    static Stream<Path> texts() throws IOException {
        return Files.list(CORPUS).sorted();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void anHonestTextIsNoLoop(Path file) throws IOException {
        String text = Files.readString(file);
        for (Cut cut : Cut.values()) {
            List<String> pieces = cut.pieces.apply(text);
            assertThat(String.join("", pieces)).isEqualTo(text);
            assertThat(loop(pieces)).as("%s cut as %s", file.getFileName(), cut).isEmpty();
        }
    }

    @Test
    void theCorpusHasTextsOfManyKindsAndLengths() throws IOException {
        List<Long> sizes = texts().map(LoopCorpusTest::size).toList();
        assertThat(sizes).hasSizeGreaterThan(60);
        assertThat(sizes).allMatch(size -> size > 1_000);
        assertThat(sizes.stream().filter(size -> size > 20_000)).hasSizeGreaterThan(5);
    }

    /** A piece of a text, how often it may stand in a row without a loop, and with: the limits that the docs name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`-` | FOUR_CHARACTERS | 399 | 400",
                "`<->` | FOUR_CHARACTERS | 532 | 534",
                "`0, ` | THREE_CHARACTERS | 99 | 100",
                "`0, ` | TOKENS | 499 | 500",
                "`null,\n` | WHOLE_LINES | 99 | 100",
                "`again and ` | TOKENS | 200 | 201",
                "`0, ` | WORDS_WITH_LEADING_BLANK | 100 | 101",
                "`again and ` | FOUR_CHARACTERS | 159 | 161",
            })
    void aTextThatIsTooMonotonousIsTakenForALoop(String piece, Cut cut, int passes, int loops) {
        String written = piece.replace("\\n", "\n");
        assertThat(loop(cut.pieces.apply(written.repeat(passes)))).isEmpty();
        assertThat(loop(cut.pieces.apply(written.repeat(loops)))).isNotEmpty();
    }

    /** What the guard says of these deltas, in each lane; empty if nothing. */
    private static String loop(List<String> pieces) {
        Map<String, byte[]> spelled = new HashMap<>();
        StreamObserver observer = new StreamObserver(LoopLimits.defaults());
        JsonText text = new JsonText();
        JsonCursor cursor = new JsonCursor(1, false);
        for (int i = 0; i < pieces.size() && !observer.looped(); i++) {
            byte[] json = spelled.computeIfAbsent(pieces.get(i), JsonMapper.shared()::writeValueAsBytes);
            cursor.reset(json, 0, json.length).readText(text);
            observer.text(0, text);
            observer.reasoning(0, text);
            ToolCallPiece piece = new ToolCallPiece().begin(0);
            piece.arguments(text);
            observer.toolCall(0, piece);
        }
        return observer.loop().orElse("");
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group()).toList();
    }

    /** Pieces of so many characters each; a surrogate pair is one. */
    private static List<String> sized(String text, IntSupplier size) {
        List<String> pieces = new ArrayList<>();
        int left = text.codePointCount(0, text.length());
        for (int from = 0; from < text.length(); ) {
            int length = Math.min(size.getAsInt(), left);
            int to = text.offsetByCodePoints(from, length);
            pieces.add(text.substring(from, to));
            left -= length;
            from = to;
        }
        return pieces;
    }

    private static IntSupplier random(String seed, int largest) {
        Random random = new Random(seed.hashCode());
        return () -> 1 + random.nextInt(largest);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
