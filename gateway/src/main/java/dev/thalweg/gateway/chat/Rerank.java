package dev.thalweg.gateway.chat;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.openai.RequestWriter;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Documents put in the order in which they fit a question: passed on to providers that take Cohere's request for it. */
final class Rerank implements Errand {
    private static final String COHERE = "cohere";

    @Override
    public boolean fits(Deployment deployment) {
        return deployment.kind() == Deployment.Kind.PROVIDER
                && (deployment.upstream().dialects().contains(COHERE)
                        || deployment.provider().has(Quirk.RERANKS));
    }

    @Override
    public Question question(Asked asked, Target target, String model) {
        Deployment deployment = target.deployment();
        if (!fits(deployment)) {
            throw new RequestProblem(
                    "This model does not rerank: its provider takes no such request. Ask for a model of one that does, such "
                            + "as cohere, jina_ai or voyage.",
                    "model",
                    "rerank_not_supported");
        }
        boolean cohere = deployment.upstream().dialects().contains(COHERE);
        return new Relayed(asked, target, model, cohere ? COHERE : "openai");
    }

    private record Relayed(Asked asked, Target target, String model, String dialect) implements Question {
        @Override
        public String path() {
            return target.path(dialect, "/rerank", model);
        }

        @Override
        public ByteBuf body() {
            return UpstreamBody.of(
                    asked.body(),
                    RequestWriter.rename(
                            asked.head(), model, target.deployment().requestDefaults()));
        }

        @Override
        public HttpHeaders headers() {
            return EmptyHttpHeaders.INSTANCE;
        }

        @Override
        public WholeAnswer.Reading reading(StreamObserver observer, Delivery delivery) {
            return new WholeAnswer.Reading() {
                private boolean isAnswer;

                @Override
                public @Nullable ErrorBody read(byte[] array, int offset, int length) {
                    isAnswer = Rerank.read(array, offset, length, observer);
                    return isAnswer ? null : RelayedEmbeddings.reported(array, offset, length);
                }

                @Override
                public boolean isAnswer() {
                    return isAnswer;
                }

                @Override
                public void deliver(byte[] array, int offset, int length) {
                    String alias = asked.head().model();
                    delivery.whole(array, offset, length, RelayedEmbeddings.renaming(array, offset, length, alias));
                }
            };
        }
    }

    /** Whether there are results: Cohere's, Jina's and Together's {@code results}, Voyage's {@code data}. */
    private static boolean read(byte[] array, int offset, int length, StreamObserver observer) {
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false).reset(array, offset, length);
        boolean found = false;
        if (cursor.peek() != '{') {
            cursor.skip();
            cursor.finish();
            return false;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("results") || cursor.keyIs("data")) {
                found |= cursor.peek() == '[';
                cursor.skip();
            } else if (cursor.keyIs("usage") && cursor.peek() == '{') {
                usage(cursor, observer);
            } else {
                cursor.skip();
            }
        }
        cursor.finish();
        return found;
    }

    private static void usage(JsonCursor cursor, StreamObserver observer) {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("total_tokens")) {
                long tokens = cursor.countOrSkip();
                if (tokens >= 0) {
                    observer.usage(
                            Usage.builder().inputTokens(tokens).outputTokens(0).build());
                }
            } else {
                cursor.skip();
            }
        }
    }
}
