package dev.thalweg;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.Usage;
import org.jspecify.annotations.Nullable;

/** Tells what is found in a frame to the collector, which makes events of it, and to the observer, which counts. */
record BothSinks(EventCollector events, StreamObserver observer) implements FrameSink {
    @Override
    public void id(JsonText text) {
        events.id(text);
    }

    @Override
    public void model(JsonText text) {
        events.model(text);
    }

    @Override
    public void role(int choice, JsonText role) {
        events.role(choice, role);
        observer.role(choice, role);
    }

    @Override
    public void text(int choice, JsonText text) {
        events.text(choice, text);
        observer.text(choice, text);
    }

    @Override
    public void reasoning(int choice, JsonText text) {
        events.reasoning(choice, text);
        observer.reasoning(choice, text);
    }

    @Override
    public void refusal(int choice, JsonText text) {
        events.refusal(choice, text);
        observer.refusal(choice, text);
    }

    @Override
    public void toolCall(
            int choice, int index, @Nullable JsonText id, @Nullable JsonText name, @Nullable JsonText arguments) {
        events.toolCall(choice, index, id, name, arguments);
        observer.toolCall(choice, index, id, name, arguments);
    }

    @Override
    public void otherContent(int choice) {
        events.otherContent(choice);
        observer.otherContent(choice);
    }

    @Override
    public void finish(int choice, JsonText reason) {
        events.finish(choice, reason);
        observer.finish(choice, reason);
    }

    @Override
    public void usage(Usage usage) {
        events.usage(usage);
        observer.usage(usage);
    }

    @Override
    public boolean stopped() {
        return observer.stopped();
    }
}
