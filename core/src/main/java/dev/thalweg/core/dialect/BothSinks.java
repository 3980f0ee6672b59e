package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;

/** Tells two sinks what is found in a frame: one that makes something of it, and one that watches. */
public record BothSinks(FrameSink maker, FrameSink observer) implements FrameSink {
    @Override
    public void id(JsonText text) {
        maker.id(text);
        observer.id(text);
    }

    @Override
    public void model(JsonText text) {
        maker.model(text);
        observer.model(text);
    }

    @Override
    public void role(int choice, JsonText role) {
        maker.role(choice, role);
        observer.role(choice, role);
    }

    @Override
    public void text(int choice, JsonText text) {
        maker.text(choice, text);
        observer.text(choice, text);
    }

    @Override
    public void reasoning(int choice, JsonText text) {
        maker.reasoning(choice, text);
        observer.reasoning(choice, text);
    }

    @Override
    public void refusal(int choice, JsonText text) {
        maker.refusal(choice, text);
        observer.refusal(choice, text);
    }

    @Override
    public void signature(int choice, JsonText signature) {
        maker.signature(choice, signature);
        observer.signature(choice, signature);
    }

    @Override
    public void redacted(int choice, JsonText data) {
        maker.redacted(choice, data);
        observer.redacted(choice, data);
    }

    @Override
    public void toolCall(int choice, ToolCallPiece piece) {
        maker.toolCall(choice, piece);
        observer.toolCall(choice, piece);
    }

    @Override
    public void audio(int choice, JsonValue piece) {
        maker.audio(choice, piece);
        observer.audio(choice, piece);
    }

    @Override
    public void image(int choice, JsonValue image) {
        maker.image(choice, image);
        observer.image(choice, image);
    }

    @Override
    public void annotation(int choice, JsonValue annotation) {
        maker.annotation(choice, annotation);
        observer.annotation(choice, annotation);
    }

    @Override
    public void logprobs(int choice, JsonValue logprobs) {
        maker.logprobs(choice, logprobs);
        observer.logprobs(choice, logprobs);
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        maker.extra(owner, choice, name, value);
        observer.extra(owner, choice, name, value);
    }

    @Override
    public void partBegins(int choice, JsonText id) {
        maker.partBegins(choice, id);
        observer.partBegins(choice, id);
    }

    @Override
    public void partEnds(int choice) {
        maker.partEnds(choice);
        observer.partEnds(choice);
    }

    @Override
    public void finish(int choice, JsonText reason) {
        maker.finish(choice, reason);
        observer.finish(choice, reason);
    }

    @Override
    public void usage(Usage usage) {
        maker.usage(usage);
        observer.usage(usage);
    }

    @Override
    public boolean stopped() {
        return observer.stopped() || maker.stopped();
    }
}
