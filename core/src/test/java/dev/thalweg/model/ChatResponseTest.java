package dev.thalweg.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChatResponseTest {
    @Test
    void whatIsNotSetIsEmpty() {
        ChatResponse response = ChatResponse.builder().build();
        assertThat(response.id()).isEmpty();
        assertThat(response.model()).isEmpty();
        assertThat(response.choices()).isEmpty();
        assertThat(response.content()).isEmpty();
        assertThat(response.usage()).isEmpty();
        assertThat(response.warnings()).isEmpty();
        assertThat(response.raw()).isEmpty();

        ChatChoice choice = ChatChoice.builder(2).build();
        assertThat(choice.index()).isEqualTo(2);
        assertThat(choice.content()).isEmpty();
        assertThat(choice.reasoning()).isEmpty();
        assertThat(choice.refusal()).isEmpty();
        assertThat(choice.toolCalls()).isEmpty();
        assertThat(choice.finishReason()).isEmpty();

        ChatChunk chunk = ChatChunk.builder(new RawJson("{}")).build();
        assertThat(chunk.id()).isEmpty();
        assertThat(chunk.model()).isEmpty();
        assertThat(chunk.events()).isEmpty();
    }

    @Test
    void choicesThatHaveNotEndedHaveNoFinishReason() {
        FinishReason other = FinishReason.of("a_new_word");
        ChatResponse response = ChatResponse.builder()
                .choices(List.of(
                        ChatChoice.builder(0).build(),
                        ChatChoice.builder(1).finishReason(other).build()))
                .build();

        assertThat(response.choices().get(0).finishReason()).isEmpty();
        assertThat(response.finishReasons()).containsExactly(other);
        assertThat(response.choices()).hasToString("[ChatChoice[0, unfinished], ChatChoice[1, a_new_word]]");
    }
}
