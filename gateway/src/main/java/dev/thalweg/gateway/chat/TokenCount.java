package dev.thalweg.gateway.chat;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.openai.PromptEstimate;
import dev.thalweg.core.dialect.openai.RequestWriter;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens the prompt of a message has: as Anthropic counts them where Anthropic would answer, else an estimate. A
 * header says which of the two it is.
 */
public final class TokenCount implements Errand {
    private static final String HEADER = "x-thalweg-token-count";

    /** Counting is free. */
    private static final Usage NOTHING =
            Usage.builder().inputTokens(0).outputTokens(0).build();

    private boolean estimated;

    TokenCount() {}

    /** Whether a provider counts for one of these deployments. */
    public static boolean isCounted(ModelTable.Group group) {
        return group.routing().members().stream()
                .anyMatch(member -> counts(member.target().deployment()));
    }

    private static boolean counts(Deployment deployment) {
        return deployment.kind() == Deployment.Kind.PROVIDER
                && deployment.mockResponse() == null
                && deployment.provider().name().equals("anthropic")
                && deployment.upstream().dialects().contains("anthropic");
    }

    /**
     * The estimate for this request.
     *
     * @param field what the caller's protocol calls it
     * @param headers are told that it is one
     */
    public static String estimate(ChatRequest request, String field, HttpHeaders headers) {
        headers.set(HEADER, "estimate");
        return "{\"" + field + "\":" + PromptEstimate.ofRequest(request) + "}";
    }

    private static String estimate(ChatRequest request) {
        return "{\"input_tokens\":" + PromptEstimate.ofRequest(request) + "}";
    }

    @Override
    public void describe(HttpHeaders headers) {
        headers.set(HEADER, estimated ? "estimate" : "provider");
    }

    @Override
    public Question question(Asked asked, Target target, String model) {
        estimated = !counts(target.deployment());
        return new Count(asked, target, model, estimated ? estimate(asked.meaning()) : null);
    }

    private final class Count implements Question {
        private final Asked asked;
        private final Target target;
        private final String model;
        private final @Nullable String known;

        Count(Asked asked, Target target, String model, @Nullable String known) {
            this.asked = asked;
            this.target = target;
            this.model = model;
            this.known = known;
        }

        @Override
        public @Nullable String known() {
            return known;
        }

        @Override
        public String path() {
            return target.path(Front.MESSAGES.dialect().name(), "/messages/count_tokens", model);
        }

        /** Defaults are for answers: Anthropic refuses to count what has them. */
        @Override
        public ByteBuf body() {
            return UpstreamBody.of(asked.body(), RequestWriter.rename(asked.head(), model, Map.of()));
        }

        @Override
        public HttpHeaders headers() {
            return asked.forwarded(Front.MESSAGES);
        }

        @Override
        public byte @Nullable [] instead(int status) {
            if (status != 404 && status != 405) {
                return null;
            }
            estimated = true;
            return Bytes.utf8(estimate(asked.meaning()));
        }

        @Override
        public WholeAnswer.Reading reading(StreamObserver observer, Delivery delivery) {
            return new WholeAnswer.Reading() {
                private boolean isAnswer;

                @Override
                public @Nullable ErrorBody read(byte[] array, int offset, int length) {
                    isAnswer = hasCount(array, offset, length);
                    observer.usage(NOTHING);
                    ErrorBody error = isAnswer ? null : ErrorReader.read(array, offset, length);
                    return error == null || error.message().isEmpty() ? null : error;
                }

                @Override
                public boolean isAnswer() {
                    return isAnswer;
                }

                @Override
                public void deliver(byte[] array, int offset, int length) {
                    delivery.whole(array, offset, length, new Splices());
                }
            };
        }
    }

    private static boolean hasCount(byte[] array, int offset, int length) {
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false).reset(array, offset, length);
        boolean found = false;
        if (cursor.peek() == '{') {
            cursor.enterObject();
            while (cursor.nextMember()) {
                boolean count = cursor.keyIs("input_tokens");
                found |= cursor.countOrSkip() >= 0 && count;
            }
        } else {
            cursor.skip();
        }
        cursor.finish();
        return found;
    }
}
