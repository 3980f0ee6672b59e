package dev.thalweg.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.openai.ResponseReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamObserverTest {
    /** T: text of choice 0, t: of choice 1, F/f: their finish, R: a role, U: usage, S: text of choice 70, s: its finish. */
    @ParameterizedTest(name = "{0}, clean end {1}, [DONE] {2}: {3}")
    @CsvSource({
        "'',   true,  false, CUT",
        "'',   true,  true,  PROTOCOL_ERROR",
        "U,    true,  true,  PROTOCOL_ERROR",
        "R,    true,  true,  COMPLETE",
        "'',   false, false, CUT",
        "R,    true,  false, CUT",
        "T,    true,  false, CUT",
        "T,    false, false, CUT",
        "T,    true,  true,  COMPLETE",
        "T,    false, true,  COMPLETE",
        "TF,   true,  false, COMPLETE",
        "TF,   false, false, CUT",
        "TF,   false, true,  COMPLETE",
        "F,    true,  false, COMPLETE",
        "TFF,  true,  false, COMPLETE",
        "TFU,  true,  false, COMPLETE",
        "U,    true,  false, CUT",
        "TtF,  true,  false, CUT",
        "Ttf,  true,  false, CUT",
        "TtFf, true,  false, COMPLETE",
        "TFtf, true,  false, COMPLETE",
        "TFt,  true,  false, CUT",
        "TSF,  true,  false, CUT",
        "TSFs, true,  false, COMPLETE"
    })
    void knowsHowTheStreamEnded(String frames, boolean clean, boolean done, StreamEnd expected) {
        StreamObserver observer = new StreamObserver(0);
        frames.chars()
                .forEach(frame -> read(
                        observer,
                        switch (frame) {
                            case 'R' -> delta(0, "{\"role\":\"assistant\"}", null);
                            case 'T' -> delta(0, "{\"content\":\"a\"}", null);
                            case 't' -> delta(1, "{\"content\":\"a\"}", null);
                            case 'S' -> delta(70, "{\"content\":\"a\"}", null);
                            case 'F' -> delta(0, "{}", "stop");
                            case 'f' -> delta(1, "{}", "stop");
                            case 's' -> delta(70, "{}", "stop");
                            default -> "{\"choices\":[],\"usage\":{\"prompt_tokens\":1}}";
                        }));
        assertThat(observer.end(clean, done)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"role\":\"assistant\",\"content\":\"\"} | false | 0",
                "{\"role\":\"assistant\",\"content\":null} | false | 0",
                "{} | false | 0",
                "{\"reasoning_content\":\"\"} | false | 0",
                "{\"content\":\"abc\"} | true | 1",
                "{\"reasoning_content\":\"ab\"} | true | 1",
                "{\"refusal\":\"No\"} | true | 1",
                "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]} | true | 12",
                "{\"audio\":{\"data\":\"AA\"}} | true | 0"
            })
    void contentIsWhatTheModelProduced(String delta, boolean content, long tokens) {
        StreamObserver observer = new StreamObserver(0);
        read(observer, delta(0, delta, null));
        assertThat(observer.hasContent()).isEqualTo(content);
        assertThat(observer.estimatedTokens()).isEqualTo(tokens);
    }

    @Test
    void theFirstChoicesFinishReasonIsKept() {
        StreamObserver observer = new StreamObserver(0);
        read(observer, delta(1, "{}", "length"));
        assertThat(observer.finishReason()).isEmpty();
        read(observer, delta(0, "{}", "tool_calls"));
        read(observer, delta(1, "{}", "length"));
        assertThat(observer.finishReason()).contains("tool_calls");
    }

    @Test
    void aRepetitionIsALoopWhateverTheStreamSaysAfterwards() {
        StreamObserver observer = new StreamObserver(3);
        for (int i = 0; i < 3; i++) {
            assertThat(observer.stopped()).isFalse();
            read(observer, delta(0, "{\"content\":\"same\"}", null));
        }
        assertThat(observer.stopped()).isTrue();
        assertThat(observer.looped()).isTrue();
        assertThat(observer.loop()).contains("repeated the same text delta 3 times");
        read(observer, delta(0, "{}", "stop"));
        assertThat(observer.end(true, true)).isEqualTo(StreamEnd.LOOP);
    }

    @Test
    void moreChoicesThanAnyProviderGivesAreNoAnswer() {
        StreamObserver observer = new StreamObserver(0);
        read(observer, delta(StreamObserver.MAX_CHOICES - 1, "{}", "stop"));
        assertThat(observer.stopped()).isFalse();
        read(observer, delta(StreamObserver.MAX_CHOICES, "{}", "stop"));
        assertThat(observer.stopped()).isTrue();
        assertThat(observer.end(true, true)).isEqualTo(StreamEnd.PROTOCOL_ERROR);
    }

    private static String delta(int choice, String delta, String finish) {
        return "{\"choices\":[{\"index\":" + choice + ",\"delta\":" + delta + ",\"finish_reason\":"
                + (finish == null ? "null" : "\"" + finish + "\"") + "}]}";
    }

    private static void read(StreamObserver observer, String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        new ResponseReader().read(bytes, 0, bytes.length, observer);
    }
}
