package dev.thalweg.core.stream;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;

/** Tells what is found in a frame to the collector, which makes events of it, and to the observer, which counts. */
public record BothSinks(EventCollector events, StreamObserver observer) implements FrameSink {
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
    public void signature(int choice, JsonText signature) {
        events.signature(choice, signature);
        observer.signature(choice, signature);
    }

    @Override
    public void redacted(int choice, JsonText data) {
        events.redacted(choice, data);
        observer.redacted(choice, data);
    }

    @Override
    public void toolCall(int choice, ToolCallPiece piece) {
        events.toolCall(choice, piece);
        observer.toolCall(choice, piece);
    }

    @Override
    public void audio(int choice, JsonValue piece) {
        events.audio(choice, piece);
        observer.audio(choice, piece);
    }

    @Override
    public void image(int choice, JsonValue image) {
        events.image(choice, image);
        observer.image(choice, image);
    }

    @Override
    public void annotation(int choice, JsonValue annotation) {
        events.annotation(choice, annotation);
        observer.annotation(choice, annotation);
    }

    @Override
    public void logprobs(int choice, JsonValue logprobs) {
        events.logprobs(choice, logprobs);
        observer.logprobs(choice, logprobs);
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        events.extra(owner, choice, name, value);
        observer.extra(owner, choice, name, value);
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
