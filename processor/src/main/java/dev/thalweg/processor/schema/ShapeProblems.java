package dev.thalweg.processor.schema;

import javax.lang.model.element.Element;

/** Who is told what is wrong with a type. */
@FunctionalInterface
public interface ShapeProblems {
    /** Reports a compile error at this element. */
    void error(Element at, String message);
}
