package dev.thalweg.gateway.chat;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Defaults;
import dev.thalweg.core.dialect.EmbeddingDialect;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingResponse;
import dev.thalweg.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings for a caller of one protocol from an upstream of another. An upstream that takes fewer inputs at once than the
 * caller has is asked several times.
 */
final class TranslatedEmbeddings implements Errand.Question {
    /** More requests than this are no longer one. */
    private static final int MOST_PARTS = 512;

    private final EmbeddingDialect front;
    private final EmbeddingDialect upstream;
    private final EmbeddingRequest request;
    private final Asked asked;
    private final Target target;
    private final String model;
    private final List<EmbeddingRequest> parts;
    private final List<float[]> vectors = new ArrayList<>();
    private @Nullable Usage used;
    private byte[] written = {};
    private int part;

    TranslatedEmbeddings(
            EmbeddingDialect front,
            EmbeddingDialect upstream,
            EmbeddingRequest request,
            Asked asked,
            Target target,
            String model) {
        this.front = front;
        this.upstream = upstream;
        this.request = request;
        this.asked = asked;
        this.target = target;
        this.model = model;
        this.parts = request.parts(upstream.most(model));
        if (parts.size() > MOST_PARTS) {
            throw new RequestProblem(
                    "This model takes " + upstream.most(model) + " inputs at once; send at most "
                            + (long) upstream.most(model) * MOST_PARTS + ".",
                    "input",
                    "too_many_inputs");
        }
    }

    @Override
    public String path() {
        return target.path(upstream.dialect(), upstream.path(model), model);
    }

    @Override
    public void prepare() {
        Provider provider = target.deployment().provider();
        byte[] body = upstream.writeRequest(parts.get(part), provider, model, asked.warnings());
        written = Defaults.added(
                Front.CHAT.dialect().settings(), body, target.deployment().requestDefaults());
    }

    @Override
    public ByteBuf body() {
        return Unpooled.wrappedBuffer(written);
    }

    @Override
    public HttpHeaders headers() {
        return EmptyHttpHeaders.INSTANCE;
    }

    @Override
    public WholeAnswer.Reading reading(StreamObserver observer, Errand.Delivery delivery) {
        return new Part(observer, delivery);
    }

    /** The answer to the request that is next. The vectors of the last one are written in the thread that read them. */
    private final class Part implements WholeAnswer.Reading {
        private final StreamObserver observer;
        private final Errand.Delivery delivery;
        private final EmbeddingRequest asks = parts.get(part);
        private @Nullable EmbeddingResponse response;
        private @Nullable Usage counted;
        private byte @Nullable [] whole;
        private boolean wasRead;

        Part(StreamObserver observer, Errand.Delivery delivery) {
            this.observer = observer;
            this.delivery = delivery;
        }

        @Override
        public Runnable ahead(byte[] array, int offset, int length) {
            AnswerHead head = head(delivery.requestId());
            boolean last = part + 1 == parts.size();
            return () -> {
                take(array, offset, length);
                EmbeddingResponse read = response;
                if (last && read != null && isAnswer()) {
                    List<float[]> all = new ArrayList<>(vectors);
                    all.addAll(read.vectors());
                    whole = written(all, counted, head);
                }
            };
        }

        private void take(byte[] array, int offset, int length) {
            wasRead = true;
            EmbeddingResponse read = upstream.readAnswer(array, offset, length);
            response = read;
            counted = read == null ? null : used(read);
        }

        private Usage used(EmbeddingResponse read) {
            Usage own = read.usage().orElseGet(() -> EmbeddingErrand.estimate(asks));
            Usage before = used;
            return before == null
                    ? own
                    : Usage.builder()
                            .inputTokens(before.inputTokens() + own.inputTokens())
                            .outputTokens(0)
                            .estimated(before.estimated() || own.estimated())
                            .build();
        }

        @Override
        public @Nullable ErrorBody read(byte[] array, int offset, int length) {
            if (!wasRead) {
                take(array, offset, length);
            }
            return response == null ? RelayedEmbeddings.reported(array, offset, length) : null;
        }

        @Override
        public boolean isAnswer() {
            return response != null
                    && response.vectors().size() == asks.inputs().size();
        }

        @Override
        public void deliver(byte[] array, int offset, int length) {
            Usage sum = counted;
            if (response != null && sum != null) {
                vectors.addAll(response.vectors());
                used = sum;
                observer.usage(sum);
            }
            if (++part < parts.size()) {
                delivery.more();
            } else {
                delivery.whole(whole != null ? whole : written(vectors, used, head(delivery.requestId())));
            }
        }
    }

    private AnswerHead head(String requestId) {
        return new AnswerHead(
                requestId,
                upstream.dialect(),
                asked.head().model(),
                Instant.now().getEpochSecond(),
                false,
                asked.warnings().all());
    }

    private byte[] written(List<float[]> all, @Nullable Usage usage, AnswerHead head) {
        return front.writeAnswer(new EmbeddingResponse(all, usage), head, request);
    }
}
