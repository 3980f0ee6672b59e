package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.EmbeddingDialect;
import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.ModelPlace;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.openai.EmbeddingRelay;
import dev.thalweg.core.dialect.openai.OpenAiEmbeddings;
import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.RequestWriter;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.model.EmbeddingRequest.Encoding;
import dev.thalweg.model.EmbeddingResponse;
import dev.thalweg.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Embeddings between a caller and an upstream of one protocol: both bodies stay as they came, but for the model's name. */
final class RelayedEmbeddings implements Errand.Question {
    private final EmbeddingErrand errand;
    private final EmbeddingDialect dialect;
    private final Asked asked;
    private final Target target;
    private final String model;

    RelayedEmbeddings(EmbeddingErrand errand, EmbeddingDialect dialect, Asked asked, Target target, String model) {
        this.errand = errand;
        this.dialect = dialect;
        this.asked = asked;
        this.target = target;
        this.model = model;
    }

    @Override
    public String path() {
        return target.path(dialect.dialect(), dialect.path(model), model);
    }

    @Override
    public ByteBuf body() {
        Splices changes =
                RequestWriter.rename(asked.head(), model, target.deployment().requestDefaults());
        ByteBuf body = UpstreamBody.of(asked.body(), changes);
        if (!dialect.namesModelInside()) {
            return body;
        }
        byte[] bytes = ByteBufUtil.getBytes(body);
        body.release();
        return Unpooled.wrappedBuffer(dialect.renamed(bytes, model));
    }

    @Override
    public HttpHeaders headers() {
        return EmptyHttpHeaders.INSTANCE;
    }

    @Override
    public WholeAnswer.Reading reading(StreamObserver observer, Errand.Delivery delivery) {
        return dialect == OpenAiEmbeddings.INSTANCE
                ? new OfOpenAi(observer, delivery)
                : new OfDialect(observer, delivery);
    }

    /** The encoding that was asked for; null where none was. */
    private @Nullable Encoding wanted() {
        RequestHead.Place place = asked.head().place("encoding_format");
        if (place == null) {
            return null;
        }
        ByteBuf body = asked.body();
        String said = body.toString(
                body.readerIndex() + place.start(), place.end() - place.start(), StandardCharsets.US_ASCII);
        return said.equals("\"base64\"") ? Encoding.BASE64 : said.equals("\"float\"") ? Encoding.FLOAT : null;
    }

    private void used(@Nullable Usage usage, StreamObserver observer) {
        if (usage != null) {
            observer.usage(usage);
            return;
        }
        try {
            observer.usage(EmbeddingErrand.estimate(errand.meaning(asked)));
        } catch (RequestProblem onlyItsProviderReadsIt) {
            // Then nobody knows.
        }
    }

    /** What an answer without vectors reports; null: nothing. */
    static @Nullable ErrorBody reported(byte[] array, int offset, int length) {
        ErrorBody error = ErrorReader.read(array, offset, length);
        return error.message().isEmpty() ? null : error;
    }

    /** Its vectors are left alone unless their encoding is another than was asked for. */
    private final class OfOpenAi implements WholeAnswer.Reading {
        private final StreamObserver observer;
        private final Errand.Delivery delivery;
        private @Nullable EmbeddingRelay ahead;
        private @Nullable EmbeddingRelay relay;

        OfOpenAi(StreamObserver observer, Errand.Delivery delivery) {
            this.observer = observer;
            this.delivery = delivery;
        }

        @Override
        public Runnable ahead(byte[] array, int offset, int length) {
            String alias = asked.head().model();
            Encoding wanted = wanted();
            return () -> ahead = EmbeddingRelay.of(array, offset, length, alias, wanted);
        }

        @Override
        public @Nullable ErrorBody read(byte[] array, int offset, int length) {
            EmbeddingRelay read = ahead != null
                    ? ahead
                    : EmbeddingRelay.of(array, offset, length, asked.head().model(), wanted());
            if (!read.isAnswer()) {
                return reported(array, offset, length);
            }
            relay = read;
            used(read.usage(), observer);
            return null;
        }

        @Override
        public boolean isAnswer() {
            return relay != null;
        }

        @Override
        public void deliver(byte[] array, int offset, int length) {
            delivery.whole(array, offset, length, relay == null ? new Splices() : relay.changes());
        }
    }

    private final class OfDialect implements WholeAnswer.Reading {
        private final StreamObserver observer;
        private final Errand.Delivery delivery;
        private @Nullable EmbeddingResponse ahead;
        private boolean isAnswer;

        OfDialect(StreamObserver observer, Errand.Delivery delivery) {
            this.observer = observer;
            this.delivery = delivery;
        }

        @Override
        public Runnable ahead(byte[] array, int offset, int length) {
            return () -> ahead = dialect.readAnswer(array, offset, length);
        }

        @Override
        public @Nullable ErrorBody read(byte[] array, int offset, int length) {
            EmbeddingResponse response = ahead != null ? ahead : dialect.readAnswer(array, offset, length);
            if (response == null) {
                return reported(array, offset, length);
            }
            isAnswer = true;
            used(response.counted(), observer);
            return null;
        }

        @Override
        public boolean isAnswer() {
            return isAnswer;
        }

        @Override
        public void deliver(byte[] array, int offset, int length) {
            delivery.whole(
                    array,
                    offset,
                    length,
                    renaming(array, offset, length, asked.head().model()));
        }
    }

    /** What to change in an answer so that it has the model's name that the caller knows. */
    static Splices renaming(byte[] array, int offset, int length, String alias) {
        Splices changes = new Splices();
        ModelPlace place = new ModelPlace();
        if (place.find(array, offset, length)) {
            byte[] name = new ByteBuilder(alias.length() + 2).string(alias).toBytes();
            changes.replace(place.start(), place.end(), name);
        }
        return changes;
    }
}
