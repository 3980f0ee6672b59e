package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutsTest {
    private static final byte[] INPUT = "data: héllo\n\n".getBytes(UTF_8);

    @Test
    void coversTheWholeEveryPositionAndSmallPieces() {
        var seen = new ArrayList<List<Integer>>();
        Cuts.everywhere("12345678".getBytes(UTF_8), pieces -> seen.add(lengths(pieces)));
        assertThat(seen)
                .containsExactly(
                        List.of(8),
                        List.of(1, 7),
                        List.of(2, 6),
                        List.of(3, 5),
                        List.of(4, 4),
                        List.of(5, 3),
                        List.of(6, 2),
                        List.of(7, 1),
                        List.of(1, 1, 1, 1, 1, 1, 1, 1),
                        List.of(2, 2, 2, 2),
                        List.of(3, 3, 2),
                        List.of(7, 1));
    }

    @Test
    void piecesJoinToTheInput() {
        Cuts.everywhere(INPUT, pieces -> assertThat(join(pieces)).isEqualTo(INPUT));
        Cuts.random(INPUT, 7, 50, pieces -> assertThat(join(pieces)).isEqualTo(INPUT));
    }

    @Test
    void anEmptyInputIsOnePiece() {
        Cuts.everywhere(new byte[0], pieces -> assertThat(lengths(pieces)).containsExactly(0));
        Cuts.random(new byte[0], 1, 2, pieces -> assertThat(lengths(pieces)).containsExactly(0));
    }

    @Test
    void aFailureNamesTheCut() {
        assertThatThrownBy(() -> Cuts.everywhere(INPUT, pieces -> {
                    if (pieces.getFirst().length == 8) {
                        throw new IllegalStateException("half a character");
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("cut at byte 8 of 14")
                .hasMessageContaining("half a character")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        Cuts.everywhere(INPUT, pieces -> assertThat(pieces).hasSizeLessThan(3)))
                .hasMessageStartingWith("failed with pieces of 1 bytes, input of 14");
    }

    @Test
    void randomCutsFollowTheirSeed() {
        assertThat(drawn(1)).isEqualTo(drawn(1)).isNotEqualTo(drawn(2)).hasSize(20);
        assertThatThrownBy(() ->
                        Cuts.random(INPUT, 42, 3, pieces -> assertThat(pieces).isEmpty()))
                .hasMessageStartingWith("failed with seed 42, round 0, cut at bytes [");
    }

    private static List<List<Integer>> drawn(long seed) {
        var drawn = new ArrayList<List<Integer>>();
        Cuts.random(INPUT, seed, 20, pieces -> drawn.add(lengths(pieces)));
        return drawn;
    }

    private static List<Integer> lengths(List<byte[]> pieces) {
        return pieces.stream().map(piece -> piece.length).toList();
    }

    private static byte[] join(List<byte[]> pieces) {
        var joined = new ByteArrayOutputStream();
        pieces.forEach(joined::writeBytes);
        return joined.toByteArray();
    }
}
