package dev.thalweg.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialisationTest {
    private static final Attempt ATTEMPT =
            new Attempt("eu", "openai/gpt-4o-mini", "RateLimitException", "rate_limit_exceeded", Duration.ofMillis(3));

    @Test
    void anExceptionReadBackSaysAllButTheAnswerSoFar() throws Exception {
        ErrorDetails details = ErrorDetails.builder("openai answered 429")
                .status(429)
                .provider("openai")
                .model("openai/gpt-4o-mini")
                .type("rate_limit_error")
                .code("rate_limit_exceeded")
                .param("messages")
                .requestId("req_1")
                .retryAfter(Duration.ofMillis(1500))
                .retryable(true)
                .body("{}")
                .attempts(List.of(ATTEMPT))
                .partial(ChatResponse.builder().id("c1").build())
                .cause(new IOException("reset"))
                .build();

        RateLimitException e = (RateLimitException) readBack(new RateLimitException(details));

        assertThat(e).hasMessage("openai answered 429").cause().hasMessage("reset");
        assertThat(e.status()).isEqualTo(429);
        assertThat(e.provider()).contains("openai");
        assertThat(e.model()).contains("openai/gpt-4o-mini");
        assertThat(e.type()).contains("rate_limit_error");
        assertThat(e.code()).contains("rate_limit_exceeded");
        assertThat(e.param()).contains("messages");
        assertThat(e.requestId()).contains("req_1");
        assertThat(e.retryAfter()).contains(Duration.ofMillis(1500));
        assertThat(e.retryable()).isTrue();
        assertThat(e.body()).contains("{}");
        assertThat(e.attempts()).containsExactly(ATTEMPT);
        assertThat(e.partial()).isEmpty();
        assertThat(e.details().cause()).isEmpty();
        assertThat(new ApiException(e.details().toBuilder().status(500).build()).status())
                .isEqualTo(500);
    }

    @Test
    void anExceptionWithAMessageOnlyCanBeReadBack() throws Exception {
        ThalwegException e =
                readBack(new ThalwegException(ErrorDetails.builder("no").build()));

        assertThat(e).hasMessage("no").hasNoCause();
        assertThat(e.status()).isEqualTo(500);
        assertThat(e.retryable()).isFalse();
        assertThat(e.code()).isEmpty();
        assertThat(e.retryAfter()).isEmpty();
    }

    private static ThalwegException readBack(ThalwegException e) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(e);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ThalwegException) in.readObject();
        }
    }
}
