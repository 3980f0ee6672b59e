package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.BothSinks;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.ModelPlace;
import dev.thalweg.core.dialect.openai.CompletionRelay;
import dev.thalweg.core.dialect.openai.CompletionWriter;
import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ways a whole answer of an upstream goes to a caller: as it came, or written anew, in one piece or as events. */
final class Readings {
    private static final RawJson NOTHING = new RawJson("{}");

    private Readings() {}

    /** Takes an answer with the changes to make in it. */
    interface Changed {
        /** Takes it. */
        void deliver(byte[] array, int offset, int length, Splices changes);
    }

    /** A chat completion that stays as it is, but for the model's name. */
    static WholeAnswer.Reading completion(
            CompletionRelay relay, StreamObserver observer, String alias, Changed delivery) {
        return new WholeAnswer.Reading() {
            @Override
            public @Nullable ErrorBody read(byte[] array, int offset, int length) {
                relay.read(array, offset, length, observer);
                return relay.error();
            }

            @Override
            public boolean isAnswer() {
                return relay.isAnswer();
            }

            @Override
            public void deliver(byte[] array, int offset, int length) {
                delivery.deliver(array, offset, length, relay.rename(alias));
            }
        };
    }

    /** A chat completion whose caller wants the events of a stream. */
    static WholeAnswer.Reading completionAsEvents(
            CompletionRelay relay,
            StreamObserver observer,
            String alias,
            boolean showUsage,
            Consumer<byte[]> delivery) {
        return completion(relay, observer, alias, (array, offset, length, changes) -> {
            EventCollector collector = new EventCollector();
            new ResponseReader().read(array, offset, length, collector);
            Assembler assembler = new Assembler();
            assembler.add(collector.takeChunk(NOTHING));
            delivery.accept(CompletionWriter.events(assembler.complete(), alias, showUsage));
        });
    }

    /** An answer of any protocol that stays as it is, but for the model's name. */
    static WholeAnswer.Reading same(Front front, StreamObserver observer, String alias, Changed delivery) {
        return new OfDialect(front, observer) {
            @Override
            public @Nullable ErrorBody read(byte[] array, int offset, int length) {
                return front.dialect().readAnswer(array, offset, length, observer);
            }

            @Override
            public void deliver(byte[] array, int offset, int length) {
                Splices changes = new Splices();
                ModelPlace place = new ModelPlace();
                if (place.find(array, offset, length)) {
                    byte[] name =
                            new ByteBuilder(alias.length() + 2).string(alias).toBytes();
                    changes.replace(place.start(), place.end(), name);
                }
                delivery.deliver(array, offset, length, changes);
            }
        };
    }

    /** An answer that is written anew in the caller's protocol. */
    static WholeAnswer.Reading translated(
            Front upstream, StreamObserver observer, Asked asked, AnswerHead head, Consumer<byte[]> delivery) {
        EventCollector collector = new EventCollector();
        return new OfDialect(upstream, observer) {
            @Override
            public @Nullable ErrorBody read(byte[] array, int offset, int length) {
                return upstream.dialect().readAnswer(array, offset, length, new BothSinks(collector, observer));
            }

            @Override
            public void deliver(byte[] array, int offset, int length) {
                Assembler assembler = new Assembler();
                assembler.add(collector.takeChunk(NOTHING));
                ChatResponse response = assembler.complete();
                delivery.accept(asked.front().dialect().writeAnswer(response, head, asked.meaning()));
            }
        };
    }

    /** An answer that is written anew as the events of a stream. */
    static WholeAnswer.Reading translatedToEvents(
            Front upstream, StreamObserver observer, Asked asked, AnswerHead head, Consumer<byte[]> delivery) {
        EventWriter writer = asked.front().dialect().eventWriter(head, asked.meaning());
        return new OfDialect(upstream, observer) {
            @Override
            public @Nullable ErrorBody read(byte[] array, int offset, int length) {
                return upstream.dialect().readAnswer(array, offset, length, new BothSinks(writer, observer));
            }

            @Override
            public void deliver(byte[] array, int offset, int length) {
                writer.complete();
                delivery.accept(writer.written().toBytes());
            }
        };
    }

    /** What holds for every protocol that is read through its dialect. */
    private abstract static class OfDialect implements WholeAnswer.Reading {
        final Front front;
        final StreamObserver observer;

        OfDialect(Front front, StreamObserver observer) {
            this.front = front;
            this.observer = observer;
        }

        @Override
        public boolean isAnswer() {
            return observer.finishReason().isPresent() || observer.hasContent();
        }
    }
}
