package dev.thalweg.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.Recordings.Recording;
import dev.thalweg.core.wire.TokenEstimator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is estimated for recorded answers is near what their providers counted, whoever's tokenizer that was. */
class RecordedTokensTest {
    /** Fewer tokens say little of the estimate: some providers count an end mark or two, some none. */
    private static final long FEWEST = 8;

    private static final long MANY = 50;

    private record Answer(String name, long counted, long estimated) {
        double percentOff() {
            return 100.0 * estimated / counted - 100;
        }
    }

    @Test
    void answersWithoutReasoningHaveAboutAsManyTokensAsWereCounted() {
        assumeTrue(
                Recordings.directory() != null,
                "no recordings of providers on this machine: name their directory in THALWEG_RECORDINGS");
        List<Answer> answers = Stream.concat(Recordings.streams().stream(), Recordings.documents().stream())
                .map(RecordedTokensTest::answer)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingDouble(Answer::percentOff))
                .toList();
        assertThat(answers).hasSizeGreaterThan(10);
        Answer median = answers.get(answers.size() / 2);
        assertThat(median.percentOff()).as("median of %s", answers).isBetween(-15.0, 15.0);
        assertThat(answers)
                .filteredOn(answer -> answer.counted() >= MANY)
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.percentOff()).isBetween(-35.0, 35.0));
    }

    private static @Nullable Answer answer(Recording recording) {
        TokenEstimator tokens = new TokenEstimator();
        JsonNode usage = null;
        for (JsonNode frame : frames(recording)) {
            for (JsonNode choice : frame.path("choices")) {
                JsonNode part = choice.has("delta") ? choice.path("delta") : choice.path("message");
                if (part.has("reasoning")
                        || part.has("reasoning_content")
                        || part.path("content").isArray()) {
                    return null;
                }
                tokens.add(part.path("content").asString(""));
                for (JsonNode call : part.path("tool_calls")) {
                    if (!call.path("function").path("name").asString("").isEmpty()) {
                        tokens.addTokens(TokenEstimator.TOOL_CALL_TOKENS);
                    }
                    tokens.add(call.path("function").path("name").asString(""));
                    tokens.add(call.path("function").path("arguments").asString(""));
                }
            }
            usage = frame.path("usage").isObject() ? frame.path("usage") : usage;
        }
        // What a provider's own tools said and heard is counted, and not shown.
        if (usage == null
                || usage.has("server_tool_use_details")
                || usage.path("completion_tokens").asLong() < FEWEST
                || usage.path("completion_tokens_details")
                                .path("reasoning_tokens")
                                .asLong()
                        > 0) {
            return null;
        }
        return new Answer(recording.name(), usage.path("completion_tokens").asLong(), tokens.tokens());
    }

    private static List<JsonNode> frames(Recording recording) {
        if (recording.name().endsWith(".json")) {
            return List.of(Recordings.tree(recording));
        }
        List<JsonNode> frames = new ArrayList<>();
        recording
                .text()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .forEach(line -> frames.add(JsonMapper.shared().readTree(line.substring(6))));
        return frames;
    }
}
