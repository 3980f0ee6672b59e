package dev.thalweg.processor.schema;

import dev.thalweg.processor.schema.Shape.Field;
import dev.thalweg.processor.schema.Shape.Fields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shape of a Java type, or says why it has none: at the component or parameter whose type it is, where its
 * source is being compiled, else at the parameter that leads to it. Not thread-safe.
 */
public final class ShapeReader {
    private static final String POSSIBLE =
            "Possible are text, numbers, booleans, enums, records, sealed interfaces of records,"
                    + " List, Set, Map<String, …>, Optional, java.time, URI, UUID, BigDecimal and BigInteger.";

    private final Types types;
    private final Elements elements;
    private final ShapeProblems problems;
    private final Deque<TypeElement> within = new ArrayDeque<>();

    /** A reader that reports here. */
    public ShapeReader(Types types, Elements elements, ShapeProblems problems) {
        this.types = types;
        this.elements = elements;
        this.problems = problems;
    }

    /**
     * A parameter or component; null where it was reported.
     *
     * @param annotated what has the annotations
     * @param at where to report
     * @param what its name for messages: {@code parameter 'isbn'}
     */
    public @Nullable Field field(Element annotated, TypeMirror type, Element at, String what) {
        String name = annotated.getSimpleName().toString();
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,63}")) {
            problems.error(
                    at,
                    what + " has a name that models cannot use: take up to 64 of A-Z, a-z, 0-9 and _, no digit first.");
            return null;
        }
        boolean nullable = Annotations.isNullable(annotated, type);
        if (nullable && type.getKind().isPrimitive()) {
            problems.error(at, what + " is a primitive and cannot be null: take its box, or leave @Nullable out.");
            return null;
        }
        Shape shape = read(type, at, what, true);
        boolean required = !nullable && !(shape instanceof Shape.Maybe);
        return shape == null ? null : new Field(name, Annotations.doc(annotated), required, shape);
    }

    private @Nullable Shape read(TypeMirror type, Element at, String what, boolean mayBeOptional) {
        if (type instanceof PrimitiveType primitive) {
            return Scalars.find(types.boxedClass(primitive).getQualifiedName().toString());
        }
        if (type.getKind() != TypeKind.DECLARED) {
            return impossible(type, at, what);
        }
        DeclaredType declared = (DeclaredType) type;
        TypeElement element = (TypeElement) declared.asElement();
        String name = element.getQualifiedName().toString();
        Shape scalar = Scalars.find(name);
        if (scalar != null) {
            return scalar;
        }
        List<? extends TypeMirror> arguments = declared.getTypeArguments();
        return switch (name) {
            case "java.util.List", "java.util.Collection", "java.util.Set" -> {
                Shape one = argument(arguments, 0, at, what, "List<String>");
                yield one == null ? null : new Shape.Sequence(name.equals("java.util.Set"), one);
            }
            case "java.util.Map" -> mapping(arguments, at, what);
            case "java.util.Optional" -> {
                if (!mayBeOptional) {
                    problems.error(at, what + " has an Optional inside another type: leave it out there.");
                    yield null;
                }
                Shape value = argument(arguments, 0, at, what, "Optional<String>");
                yield value == null ? null : new Shape.Maybe(value);
            }
            default -> own(element, type, at, what);
        };
    }

    private @Nullable Shape argument(
            List<? extends TypeMirror> arguments, int index, Element at, String what, String example) {
        if (arguments.size() <= index) {
            problems.error(at, what + " does not say what is inside: write " + example + " for example.");
            return null;
        }
        return read(arguments.get(index), at, what, false);
    }

    private @Nullable Shape mapping(List<? extends TypeMirror> arguments, Element at, String what) {
        if (arguments.size() == 2 && !Annotations.nameOf(arguments.get(0)).equals("java.lang.String")) {
            problems.error(at, what + " is a Map whose keys are not String: JSON has no others.");
            return null;
        }
        Shape value = argument(arguments, 1, at, what, "Map<String, Integer>");
        return value == null ? null : new Shape.Mapping(value);
    }

    /** An enum, a record, a sealed interface. */
    private @Nullable Shape own(TypeElement element, TypeMirror type, Element at, String what) {
        if (element.getKind() != ElementKind.ENUM
                && element.getKind() != ElementKind.RECORD
                && !element.getModifiers().contains(Modifier.SEALED)) {
            return impossible(type, at, what);
        }
        if (!element.getTypeParameters().isEmpty()) {
            problems.error(
                    at,
                    what + ": " + element.getSimpleName() + " has type parameters, and generated code cannot"
                            + " know them: take a type without.");
            return null;
        }
        if (isPrivate(element)) {
            problems.error(
                    at,
                    what + ": " + element.getSimpleName() + " is private, so generated code cannot reach it:"
                            + " leave 'private' out.");
            return null;
        }
        if (within.contains(element)) {
            problems.error(
                    at,
                    what + " closes a cycle, " + cycle(element) + ": its schema would have no end."
                            + " Break it, with an id in place of the value for example.");
            return null;
        }
        within.addLast(element);
        try {
            return switch (element.getKind()) {
                case ENUM -> new Shape.Constant(element, constants(element));
                case RECORD -> fields(element, at);
                default -> cases(element, at, what);
            };
        } finally {
            within.removeLast();
        }
    }

    private String cycle(TypeElement again) {
        return within.stream()
                        .dropWhile(element -> !element.equals(again))
                        .map(element -> element.getSimpleName().toString())
                        .collect(Collectors.joining(" → "))
                + " → " + again.getSimpleName();
    }

    /** Whether generated code in its package cannot reach it. */
    public static boolean isPrivate(TypeElement element) {
        return element.getModifiers().contains(Modifier.PRIVATE)
                || (element.getEnclosingElement() instanceof TypeElement outer && isPrivate(outer));
    }

    private static List<String> constants(TypeElement type) {
        return type.getEnclosedElements().stream()
                .filter(element -> element.getKind() == ElementKind.ENUM_CONSTANT)
                .map(element -> element.getSimpleName().toString())
                .toList();
    }

    /** A record's components; null where one was reported. */
    public @Nullable Fields fields(TypeElement type, Element at) {
        List<Field> all = new ArrayList<>();
        boolean whole = true;
        for (var component : type.getRecordComponents()) {
            Element here = isSource(type) ? fieldOf(type, component) : at;
            String what = "component '" + component.getSimpleName() + "' of " + type.getSimpleName();
            Field field = field(component, component.asType(), here, what);
            whole &= field != null;
            if (field != null) {
                all.add(field);
            }
        }
        return whole ? new Fields(type, all) : null;
    }

    private boolean isSource(TypeElement type) {
        JavaFileObject file = elements.getFileObjectOf(type);
        return file != null && file.getKind() == JavaFileObject.Kind.SOURCE;
    }

    /** The compiler knows the line of the field, not of the component. */
    private static Element fieldOf(TypeElement type, Element component) {
        for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
            if (field.getSimpleName().equals(component.getSimpleName())) {
                return field;
            }
        }
        return component;
    }

    private @Nullable Shape cases(TypeElement type, Element at, String what) {
        List<Fields> all = new ArrayList<>();
        boolean whole = true;
        for (TypeMirror permitted : type.getPermittedSubclasses()) {
            TypeElement element = (TypeElement) ((DeclaredType) permitted).asElement();
            if (element.getKind() != ElementKind.RECORD) {
                problems.error(
                        at,
                        what + ": " + type.getSimpleName() + " permits " + element.getSimpleName()
                                + ", which is no record: all of its cases have to be.");
                return null;
            }
            Shape one = own(element, permitted, at, what);
            whole &= one != null;
            if (one instanceof Fields fields) {
                all.add(fields);
                whole &= isTold(fields, at, what);
            }
        }
        return whole ? new Shape.Cases(type, all) : null;
    }

    private boolean isTold(Fields fields, Element at, String what) {
        if (fields.fields().stream().noneMatch(field -> field.name().equals(Shape.DISCRIMINATOR))) {
            return true;
        }
        problems.error(
                at,
                what + ": " + fields.type().getSimpleName() + " has a component '" + Shape.DISCRIMINATOR
                        + "', the member that tells the cases apart: rename it.");
        return false;
    }

    private @Nullable Shape impossible(TypeMirror type, Element at, String what) {
        problems.error(
                at, what + " has the type " + Annotations.plain(type) + ", which no model can give. " + POSSIBLE);
        return null;
    }
}
