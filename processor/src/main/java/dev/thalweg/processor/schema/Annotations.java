package dev.thalweg.processor.schema;

import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** What annotations say, found by their names: the processor runs without the SDK. */
public final class Annotations {
    /** The annotation of what a model may have called. */
    public static final String TOOL = "dev.thalweg.tool.Tool";

    /** The annotation that says what a parameter or a component means. */
    public static final String DOC = "dev.thalweg.tool.Doc";

    private Annotations() {}

    /** The annotation of this name on an element; null where it has none. */
    public static @Nullable AnnotationMirror find(Element element, String name) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (((TypeElement) mirror.getAnnotationType().asElement())
                    .getQualifiedName()
                    .contentEquals(name)) {
                return mirror;
            }
        }
        return null;
    }

    /** A text of an annotation; empty where it is not said. */
    public static String text(AnnotationMirror annotation, String member) {
        for (var entry : annotation.getElementValues().entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(member)) {
                AnnotationValue value = entry.getValue();
                return String.valueOf(value.getValue());
            }
        }
        return "";
    }

    static String doc(Element element) {
        AnnotationMirror doc = find(element, DOC);
        return doc == null ? "" : text(doc, "value").strip();
    }

    /** Whether any library's {@code @Nullable} is on the element or its type. */
    static boolean isNullable(Element element, TypeMirror type) {
        return Stream.concat(element.getAnnotationMirrors().stream(), type.getAnnotationMirrors().stream())
                .anyMatch(mirror ->
                        mirror.getAnnotationType().asElement().getSimpleName().contentEquals("Nullable"));
    }

    /** The qualified name of a class; other types as they are written. */
    static String nameOf(TypeMirror type) {
        return type instanceof DeclaredType declared
                ? ((TypeElement) declared.asElement()).getQualifiedName().toString()
                : type.toString();
    }

    /** A type without its annotations and arguments, for messages. */
    static String plain(TypeMirror type) {
        return type instanceof ArrayType array ? plain(array.getComponentType()) + "[]" : nameOf(type);
    }
}
