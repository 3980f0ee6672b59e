package dev.thalweg.processor.source;

import dev.thalweg.processor.schema.Shape;
import dev.thalweg.processor.schema.Shape.Cases;
import dev.thalweg.processor.schema.Shape.Constant;
import dev.thalweg.processor.schema.Shape.Field;
import dev.thalweg.processor.schema.Shape.Fields;
import dev.thalweg.processor.schema.Shape.Mapping;
import dev.thalweg.processor.schema.Shape.Maybe;
import dev.thalweg.processor.schema.Shape.Scalar;
import dev.thalweg.processor.schema.Shape.Sequence;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;

/**
 * The code that reads shapes from a {@code JsonInput}: expressions, and a method for each record and sealed interface that
 * they need.
 */
public final class Readers {
    private static final String INPUT = "dev.thalweg.tool.JsonInput";

    private final JavaFile file;
    private final String className;
    private final Map<String, String> methods = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();

    /** Readers in this class of this file. */
    public Readers(JavaFile file, String className) {
        this.file = file;
        this.className = className;
    }

    /** The arguments of a call, one for each field of the object named so, each on a line of its own. */
    public String arguments(List<Field> fields, String object, String indent) {
        return fields.stream()
                .map(field -> "\n" + indent + member(field, object))
                .collect(Collectors.joining(","));
    }

    private String member(Field field, String object) {
        String name = Literals.string(field.name());
        if (field.shape() instanceof Maybe maybe) {
            String optional = file.use("java.util.Optional");
            return optional + ".ofNullable(" + object + ".optional(" + name + ", " + function(maybe.value(), 1) + "))";
        }
        return field.required()
                ? value(field.shape(), object + ".required(" + name + ")", 1)
                : object + ".optional(" + name + ", " + function(field.shape(), 1) + ")";
    }

    /** The shape's value in this input. */
    private String value(Shape shape, String input, int depth) {
        return switch (shape) {
            case Scalar scalar when scalar.parser().isEmpty() -> input + "." + scalar.read() + "()";
            case Scalar scalar ->
                input + ".parsed(" + Literals.string(scalar.expected()) + ", " + parser(scalar.parser()) + ")";
            case Constant constant -> input + ".choice(" + file.use(constant.type()) + ".values())";
            case Sequence list ->
                input + (list.distinct() ? ".set(" : ".list(") + function(list.element(), depth) + ")";
            case Mapping map -> input + ".map(" + function(map.value(), depth) + ")";
            case Fields fields -> record(fields) + "(" + input + ")";
            case Cases cases -> sealed(cases) + "(" + input + ")";
            case Maybe maybe -> throw new IllegalArgumentException("an Optional is read as a member");
        };
    }

    /** What reads the shape from an input. */
    private String function(Shape shape, int depth) {
        String one = depth == 1 ? "one" : "one" + depth;
        return switch (shape) {
            case Scalar scalar when scalar.parser().isEmpty() -> file.use(INPUT) + "::" + scalar.read();
            case Fields fields -> className + "::" + record(fields);
            case Cases cases -> className + "::" + sealed(cases);
            default -> one + " -> " + value(shape, one, depth + 1);
        };
    }

    private String parser(String reference) {
        int colons = reference.indexOf("::");
        return file.use(reference.substring(0, colons)) + reference.substring(colons);
    }

    /** The method that reads a record. */
    public String record(Fields fields) {
        return method(fields.type(), name -> """
                    private static %1$s %2$s(%3$s in) {
                        return in.make(() -> new %1$s(%4$s));
                    }
                """.formatted(
                file.use(fields.type()), name, file.use(INPUT), arguments(fields.fields(), "in", " ".repeat(16))));
    }

    private String sealed(Cases cases) {
        return method(cases.type(), name -> """
                    private static %1$s %2$s(%3$s in) {
                        %3$s type = in.required("%4$s");
                        return switch (type.text()) {
                %5$s
                            default -> throw type.noneOf(%6$s.of(%7$s));
                        };
                    }
                """.formatted(
                        file.use(cases.type()),
                        name,
                        file.use(INPUT),
                        Shape.DISCRIMINATOR,
                        cases.cases().stream()
                                .map(one -> "            case " + Literals.string(simple(one.type())) + " -> "
                                        + record(one) + "(in);")
                                .collect(Collectors.joining("\n")),
                        file.use("java.util.List"),
                        cases.cases().stream()
                                .map(one -> Literals.string(simple(one.type())))
                                .collect(Collectors.joining(", "))));
    }

    private static String simple(TypeElement type) {
        return type.getSimpleName().toString();
    }

    /** The name of the method for a type, whose text is made the first time it is needed. */
    private String method(TypeElement type, UnaryOperator<String> text) {
        String key = type.getQualifiedName().toString();
        String known = names.get(key);
        if (known != null) {
            return known;
        }
        String name = file.member("read" + simple(type));
        names.put(key, name);
        methods.put(name, "");
        methods.put(name, text.apply(name));
        return name;
    }

    /** All methods that were needed, in the order they were. */
    public String methods() {
        return methods.values().stream().map(text -> "\n" + text).collect(Collectors.joining());
    }
}
