package dev.thalweg.processor;

import dev.thalweg.processor.schema.Shape;
import dev.thalweg.processor.schema.Shape.Fields;
import dev.thalweg.processor.source.JavaFile;
import dev.thalweg.processor.source.Literals;
import dev.thalweg.processor.source.Readers;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;

/** Writes the class that describes and calls the tools of another. */
final class ToolsWriter {
    private static final String TOOL = "dev.thalweg.tool.";

    private final JavaFile file;
    private final Readers readers;
    private final TypeElement type;
    private final String name;

    /** The twin of this class, of this name. */
    ToolsWriter(String packageName, TypeElement type, String name) {
        this.file = new JavaFile(packageName, name);
        this.readers = new Readers(file, name);
        this.type = type;
        this.name = name;
        // Claimed first: these keep their simple names whatever a user's classes are called.
        List.of("ToolFunction", "ToolSource", "JsonInput").forEach(simple -> file.use(TOOL + simple));
        List.of("functions", "read", "target").forEach(file::member);
    }

    /** The twin of a class whose methods are tools. */
    String ofMethods(List<ToolMethod> tools) {
        StringBuilder specs = new StringBuilder();
        String functions = tools.stream().map(tool -> function(tool, specs)).collect(Collectors.joining(","));
        boolean instance = tools.stream().anyMatch(tool -> !isStatic(tool));
        String constructor = !instance ? "" : """

                    private final %1$s target;

                    /** The tools of this object; as safe to share between threads as it is. */
                    %2$s%3$s(%1$s target) {
                        this.target = target;
                    }
                """.formatted(file.use(type), visibility(), name);
        return file.with("""
                /** The tools of {@link %1$s}: what models are told of them, and how they are called. */
                @%2$s("dev.thalweg.processor.ToolProcessor")
                %3$sfinal class %4$s implements ToolSource {
                %5$s%6$s
                    @Override
                    public %7$s<ToolFunction> functions() {
                        return List.of(%8$s);
                    }
                %9$s}
                """.formatted(
                        file.use(type),
                        file.use("javax.annotation.processing.Generated"),
                        visibility(),
                        name,
                        specs,
                        constructor,
                        file.use("java.util.List"),
                        functions,
                        readers.methods()));
    }

    private String function(ToolMethod tool, StringBuilder specs) {
        String method = tool.method().getSimpleName().toString();
        String constant = spec(
                method,
                tool.name(),
                tool.description(),
                Shape.objectOf(tool.parameters()).lines(),
                specs);
        String target = isStatic(tool) ? file.use(type) : "target";
        boolean isVoid = tool.method().getReturnType().getKind() == TypeKind.VOID;
        String arguments = readers.arguments(tool.parameters(), "arguments", " ".repeat(isVoid ? 28 : 24));
        String call = target + "." + method + "(" + arguments + ")";
        String lambda = isVoid
                ? "{\n                    " + call + ";\n                    return \"ok\";\n                }"
                : call;
        return "\n                ToolFunction.of(" + constant + ", arguments -> " + lambda + ")";
    }

    /** The twin of a record that is a tool. */
    String ofRecord(String toolName, String description, Fields fields) {
        StringBuilder specs = new StringBuilder();
        spec("spec", toolName, description, fields.schema().lines(), specs);
        String reader = readers.record(fields);
        return file.with("""
                /** The tool {@link %1$s}: what models are told of it, and how it is called. */
                @%2$s("dev.thalweg.processor.ToolProcessor")
                %3$sfinal class %4$s implements ToolSource {
                %5$s
                    @Override
                    public %6$s<ToolFunction> functions() {
                        return List.of(ToolFunction.of(SPEC, arguments -> %7$s(arguments).call()));
                    }

                    /** The arguments of a call as the record, which is not called. */
                    %3$sstatic %1$s read(%8$s call) {
                        return %7$s(JsonInput.parse("arguments", call.arguments()));
                    }
                %9$s}
                """.formatted(
                        file.use(type),
                        file.use("javax.annotation.processing.Generated"),
                        visibility(),
                        name,
                        specs,
                        file.use("java.util.List"),
                        reader,
                        file.use("dev.thalweg.model.ToolCall"),
                        readers.methods()));
    }

    private String spec(String member, String toolName, String description, List<String> schema, StringBuilder to) {
        String constant = file.member(Literals.constant(member));
        to.append("    private static final %1$s %2$s = %1$s.of(%3$s, %4$s, %5$s);\n"
                .formatted(
                        file.use("dev.thalweg.model.ToolSpec"),
                        constant,
                        Literals.string(toolName),
                        Literals.string(description),
                        Literals.block(schema, " ".repeat(12))));
        return constant;
    }

    private static boolean isStatic(ToolMethod tool) {
        return tool.method().getModifiers().contains(Modifier.STATIC);
    }

    private String visibility() {
        TypeElement outer = type;
        while (true) {
            if (!outer.getModifiers().contains(Modifier.PUBLIC)) {
                return "";
            }
            if (!(outer.getEnclosingElement() instanceof TypeElement next)) {
                return "public ";
            }
            outer = next;
        }
    }
}
