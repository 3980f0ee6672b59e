package dev.thalweg.processor;

import dev.thalweg.processor.schema.Shape.Field;
import java.util.List;
import javax.lang.model.element.ExecutableElement;

/** A method that a model may have called, found to be fit for it. */
record ToolMethod(String name, String description, ExecutableElement method, List<Field> parameters) {}
