package dev.thalweg.processor;

import dev.thalweg.processor.schema.Annotations;
import dev.thalweg.processor.schema.Shape.Field;
import dev.thalweg.processor.schema.Shape.Fields;
import dev.thalweg.processor.schema.ShapeReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads what is marked {@code @Tool} and reports what cannot be one. */
final class ToolReader {
    private static final String CALLABLE = "java.util.concurrent.Callable";

    private static final Set<String> LATER = Set.of(
            "java.util.concurrent.Future",
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.Flow.Publisher",
            "java.util.stream.Stream",
            "java.util.Iterator");

    private final Problems problems;
    private final ShapeReader shapes;
    private final Types types;
    private final @Nullable TypeElement callable;

    ToolReader(ProcessingEnvironment environment, Problems problems) {
        this.problems = problems;
        this.types = environment.getTypeUtils();
        this.shapes = new ShapeReader(types, environment.getElementUtils(), problems);
        this.callable = environment.getElementUtils().getTypeElement(CALLABLE);
    }

    /** The tools of a class; what is wrong with one was reported. */
    List<ToolMethod> methods(TypeElement owner, List<ExecutableElement> marked) {
        checkOwner(owner);
        Map<String, ExecutableElement> names = new HashMap<>();
        List<ToolMethod> tools = new ArrayList<>();
        for (ExecutableElement method : marked) {
            ToolMethod tool = method(method);
            ExecutableElement other = names.putIfAbsent(tool.name(), method);
            if (other != null) {
                problems.error(
                        method,
                        "The tool name \"" + tool.name() + "\" is that of " + other
                                + ", too: give one of them another with @Tool(name = …).");
            }
            tools.add(tool);
        }
        return tools;
    }

    private void checkOwner(TypeElement owner) {
        if (ShapeReader.isPrivate(owner)) {
            problems.error(
                    owner,
                    owner.getSimpleName() + " has tools and is private, or inside a private class:"
                            + " generated code cannot reach it. Leave 'private' out.");
        }
        if (!owner.getTypeParameters().isEmpty()) {
            problems.error(
                    owner,
                    owner.getSimpleName() + " has tools and type parameters, which generated code cannot know:"
                            + " move the tools to a class without.");
        }
    }

    private ToolMethod method(ExecutableElement method) {
        String what = "The tool " + method.getSimpleName();
        if (method.getModifiers().contains(Modifier.PRIVATE)) {
            problems.error(method, what + " is private: generated code cannot call it. Leave 'private' out.");
        }
        if (!method.getTypeParameters().isEmpty()) {
            problems.error(method, what + " has type parameters: a model cannot choose types.");
        }
        if (LATER.contains(nameOf(method.getReturnType()))) {
            problems.error(
                    method,
                    what + " returns " + types.erasure(method.getReturnType()) + ": return the value itself."
                            + " Tools run on virtual threads and may block.");
        }
        List<Field> parameters = new ArrayList<>();
        for (VariableElement parameter : method.getParameters()) {
            Field field = shapes.field(
                    parameter, parameter.asType(), parameter, "parameter '" + parameter.getSimpleName() + "'");
            if (field != null) {
                parameters.add(field);
            }
        }
        return new ToolMethod(name(method), description(method), method, parameters);
    }

    private String nameOf(TypeMirror type) {
        return type instanceof DeclaredType declared
                ? ((TypeElement) declared.asElement()).getQualifiedName().toString()
                : "";
    }

    /** The components of a tool that is a record; null where it cannot be one, which was reported. */
    @Nullable
    Fields record(TypeElement type) {
        if (type.getKind() != ElementKind.RECORD) {
            problems.error(
                    type,
                    "@Tool marks methods and records: " + type.getSimpleName() + " is neither. Mark its methods.");
            return null;
        }
        checkOwner(type);
        if (callable == null || !types.isSubtype(types.erasure(type.asType()), types.erasure(callable.asType()))) {
            problems.error(
                    type,
                    "The tool " + type.getSimpleName() + " has no call(): let the record implement " + CALLABLE + ".");
        }
        return shapes.fields(type, type);
    }

    /** What the model calls it. */
    String name(Element tool) {
        AnnotationMirror annotation = annotation(tool);
        String said = Annotations.text(annotation, "name");
        String name = said.isEmpty() ? tool.getSimpleName().toString() : said;
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            problems.error(
                    tool,
                    "The tool name \"" + name + "\" is none that all providers take: 1 to 64 of A-Z, a-z, 0-9, _"
                            + " and -. Give it one with @Tool(name = …).");
        }
        return name;
    }

    /** What the model is told of it. */
    String description(Element tool) {
        String description = Annotations.text(annotation(tool), "value").strip();
        if (description.isEmpty()) {
            problems.error(
                    tool,
                    "The tool " + tool.getSimpleName() + " has no description: say in @Tool(\"…\") what it does"
                            + " and when to use it.");
        }
        return description;
    }

    private static AnnotationMirror annotation(Element tool) {
        return Objects.requireNonNull(Annotations.find(tool, Annotations.TOOL));
    }
}
