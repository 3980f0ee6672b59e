package dev.thalweg.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What a provider sent, as a type of the caller's choice. */
class RawTypesTest {
    private static final RawJson JSON = new RawJson("{\"id\":\"1\",\"n\":2,\"unknown\":[]}");

    record Frame(String id, int n) {}

    @Test
    void aChunkIsReadAsARecord() {
        assertThat(ChatChunk.builder(JSON).build().raw(Frame.class)).isEqualTo(new Frame("1", 2));
    }

    @Test
    void soIsAWholeAnswer() {
        ChatResponse response = ChatResponse.builder().raw(JSON).build();
        assertThat(response.raw(Frame.class)).contains(new Frame("1", 2));
    }

    @Test
    void anAnswerThatCameAsAStreamHasNone() {
        assertThat(ChatResponse.builder().build().raw(Frame.class)).isEmpty();
    }

    @Test
    void whatDoesNotFitIsSaid() {
        ChatChunk chunk = ChatChunk.builder(new RawJson("{\"n\":\"two\"}")).build();
        assertThatThrownBy(() -> chunk.raw(Frame.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Frame.class.getName());
    }
}
