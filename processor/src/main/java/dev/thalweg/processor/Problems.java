package dev.thalweg.processor;

import dev.thalweg.processor.schema.ShapeProblems;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Compile errors, each at the element that is wrong. */
final class Problems implements ShapeProblems {
    private final Messager messager;
    private int count;

    Problems(Messager messager) {
        this.messager = messager;
    }

    @Override
    public void error(Element at, String message) {
        count++;
        messager.printMessage(Diagnostic.Kind.ERROR, message, at);
    }

    /** How many there are so far. */
    int count() {
        return count;
    }
}
