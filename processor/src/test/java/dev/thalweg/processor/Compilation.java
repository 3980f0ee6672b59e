package dev.thalweg.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Source text compiled with the processor, and what came of it. */
final class Compilation {
    private final Path output;
    private final List<Diagnostic<? extends JavaFileObject>> diagnostics;

    private Compilation(Path output, List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        this.output = output;
        this.diagnostics = diagnostics;
    }

    /** Compiles a file {@code test/Tested.java}, whose package line is put before the source. */
    static Compilation of(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            Path output = Files.createTempDirectory(Files.createDirectories(Path.of("target", "compiled")), "");
            List<String> options = List.of(
                    "-d", output.toString(), "-s", output.toString(), "--release", "21", "-Xlint:all,-processing");
            JavaCompiler.CompilationTask task =
                    compiler.getTask(null, files, diagnostics, options, null, List.of(new Source(source)));
            task.setProcessors(List.of(new ToolProcessor()));
            task.call();
            return new Compilation(output, diagnostics.getDiagnostics());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code line: message} of each error and warning; the package line is line 0, so that a source's own lines count. */
    List<String> problems() {
        return diagnostics.stream()
                .map(problem -> (problem.getLineNumber() - 1) + ": " + problem.getMessage(Locale.ROOT))
                .toList();
    }

    /** The text of a class that was generated in the package {@code test}. */
    String generated(String className) {
        try {
            return Files.readString(output.resolve("test").resolve(className + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(problems().toString(), e);
        }
    }

    /** A class of the package {@code test}. */
    Class<?> load(String className) throws Exception {
        URLClassLoader loader = new URLClassLoader(
                new URL[] {output.toUri().toURL()}, getClass().getClassLoader());
        return loader.loadClass("test." + className);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///test/Tested.java"), Kind.SOURCE);
            this.text = "package test;\n" + text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
