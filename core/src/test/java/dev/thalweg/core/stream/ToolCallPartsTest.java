package dev.thalweg.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How providers count their tool calls, and which call each piece is then found to be of. */
class ToolCallPartsTest {
    private final ToolCallParts parts = new ToolCallParts();

    @Test
    void byIndexHoweverThePiecesAreMixed() {
        assertThat(parts.find(0, "a", "f")).isEqualTo(0);
        assertThat(parts.find(1, "b", "g")).isEqualTo(1);
        assertThat(parts.find(0, null, null)).isEqualTo(0);
        assertThat(parts.find(1, null, null)).isEqualTo(1);
    }

    @Test
    void anIdOrNameThatIsRepeatedOrComesLateBeginsNothing() {
        assertThat(parts.find(0, null, "f")).isEqualTo(0);
        assertThat(parts.find(0, "late", null)).isEqualTo(0);
        assertThat(parts.find(0, "late", "f")).isEqualTo(0);
        assertThat(parts.find(0, "another each time", null)).isEqualTo(0);
    }

    @Test
    void oneIndexForAllWholeCallsIsToldApartById() {
        assertThat(parts.find(0, "a", "f")).isEqualTo(0);
        assertThat(parts.find(0, "b", "f")).isEqualTo(1);
        assertThat(parts.find(0, null, null)).as("the latest").isEqualTo(1);
    }

    @Test
    void theIndexIsThePartWhateverBeganFirst() {
        assertThat(parts.find(2, "c", "h")).isEqualTo(2);
        assertThat(parts.find(0, "a", "f")).isEqualTo(0);
        assertThat(parts.find(0, "b", "g")).as("its index is taken").isEqualTo(3);
        assertThat(parts.find(3, "d", "i")).as("and so is this one now").isEqualTo(4);
        assertThat(parts.find(3, null, null)).isEqualTo(4);
    }

    @Test
    void withoutIndexById() {
        assertThat(parts.find(-1, "a", "f")).isEqualTo(0);
        assertThat(parts.find(-1, "b", "g")).isEqualTo(1);
        assertThat(parts.find(-1, "a", null)).isEqualTo(0);
        assertThat(parts.find(-1, null, null)).as("the latest").isEqualTo(1);
    }

    @Test
    void withoutIndexAndIdANameBeginsACall() {
        assertThat(parts.find(-1, null, "f")).isEqualTo(0);
        assertThat(parts.find(-1, null, null)).isEqualTo(0);
        assertThat(parts.find(-1, null, "f")).isEqualTo(1);
    }

    @Test
    void withoutIndexALateNameOrIdBelongsToTheCallThatLacksIt() {
        assertThat(parts.find(-1, "a", null)).isEqualTo(0);
        assertThat(parts.find(-1, null, "f")).isEqualTo(0);
        assertThat(parts.find(-1, null, "g")).isEqualTo(1);
        assertThat(parts.find(-1, "b", null)).isEqualTo(1);
    }

    @Test
    void argumentsBeforeEverythingElseAreACall() {
        assertThat(parts.find(-1, null, null)).isEqualTo(0);
        assertThat(parts.find(-1, "a", "f")).isEqualTo(0);
    }
}
