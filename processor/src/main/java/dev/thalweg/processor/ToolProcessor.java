package dev.thalweg.processor;

import dev.thalweg.processor.schema.Annotations;
import dev.thalweg.processor.schema.Shape.Fields;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Makes the twin of every class with tools and of every record that is one. */
@SupportedAnnotationTypes({Annotations.TOOL, Annotations.DOC})
public final class ToolProcessor extends AbstractProcessor {
    /** For the compiler. */
    public ToolProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Map<TypeElement, List<ExecutableElement>> methods = new LinkedHashMap<>();
        for (TypeElement annotation : annotations) {
            if (!annotation.getQualifiedName().contentEquals(Annotations.TOOL)) {
                continue;
            }
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                if (element instanceof ExecutableElement method) {
                    TypeElement owner = (TypeElement) method.getEnclosingElement();
                    methods.computeIfAbsent(owner, type -> new ArrayList<>()).add(method);
                } else {
                    makeRecord((TypeElement) element);
                }
            }
        }
        methods.forEach(this::makeMethods);
        return false;
    }

    private void makeMethods(TypeElement owner, List<ExecutableElement> marked) {
        Problems problems = new Problems(processingEnv.getMessager());
        List<ToolMethod> tools = new ToolReader(processingEnv, problems).methods(owner, marked);
        if (problems.count() == 0) {
            String name = twin(owner, "Tools");
            write(owner, name, new ToolsWriter(packageOf(owner), owner, name).ofMethods(tools));
        }
    }

    private void makeRecord(TypeElement type) {
        Problems problems = new Problems(processingEnv.getMessager());
        ToolReader reader = new ToolReader(processingEnv, problems);
        Fields fields = reader.record(type);
        String toolName = reader.name(type);
        String description = reader.description(type);
        if (fields != null && problems.count() == 0) {
            String name = twin(type, "Tool");
            write(type, name, new ToolsWriter(packageOf(type), type, name).ofRecord(toolName, description, fields));
        }
    }

    private String packageOf(TypeElement type) {
        return processingEnv
                .getElementUtils()
                .getPackageOf(type)
                .getQualifiedName()
                .toString();
    }

    /** {@code Outer_LibraryTools} for {@code Outer.Library}. */
    private String twin(TypeElement type, String suffix) {
        StringBuilder name = new StringBuilder(type.getSimpleName()).append(suffix);
        for (Element outer = type.getEnclosingElement();
                outer instanceof TypeElement;
                outer = outer.getEnclosingElement()) {
            name.insert(0, outer.getSimpleName() + "_");
        }
        return name.toString();
    }

    private void write(TypeElement origin, String name, String text) {
        String packageName = packageOf(origin);
        String qualified = packageName.isEmpty() ? name : packageName + "." + name;
        try (Writer writer =
                processingEnv.getFiler().createSourceFile(qualified, origin).openWriter()) {
            writer.write(text);
        } catch (IOException e) {
            new Problems(processingEnv.getMessager())
                    .error(origin, "Cannot write " + qualified + ": " + e.getMessage());
        }
    }
}
