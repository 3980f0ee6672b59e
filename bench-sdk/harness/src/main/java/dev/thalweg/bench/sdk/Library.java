package dev.thalweg.bench.sdk;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What is measured. The first is what all others are compared with. */
enum Library {
    THALWEG("Thalweg", "thalweg", "ThalwegLoop"),
    PUBLISHER("Thalweg, publisher", "thalweg", "ThalwegPublisher"),
    OPENAI_JAVA("openai-java", "openai-java", "OpenAiJava"),
    LANGCHAIN4J("LangChain4j", "langchain4j", "LangChain4j"),
    SPRING_AI("Spring AI", "spring-ai", "SpringAi"),
    HTTP_ALONE("java.net.http alone", "harness", "HttpAlone");

    private static final Path HOME = Path.of(System.getProperty("bench.sdk.home"));

    private final String title;
    private final String module;
    private final String main;

    Library(String title, String module, String main) {
        this.title = title;
        this.module = module;
        this.main = main;
    }

    /** Whether it is a library of its own, and not another use of one or a floor. */
    boolean own() {
        return this != PUBLISHER && this != HTTP_ALONE;
    }

    String subject() {
        return "dev.thalweg.bench.sdk." + main;
    }

    /** Its jars and nobody else's, the harness, and the class that drives it. */
    String classpath() {
        String classes = HOME.resolve(module + "/target/classes") + File.pathSeparator;
        String harness = HOME.resolve("harness/target/classes") + File.pathSeparator;
        return classes
                + harness
                + String.join(
                        File.pathSeparator, jars().stream().map(Path::toString).toList());
    }

    /** All it needs at run time. */
    List<Path> jars() {
        try (Stream<Path> files = Files.list(HOME.resolve(module + "/target/lib"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long bytes() throws IOException {
        long bytes = 0;
        for (Path jar : jars()) {
            bytes += Files.size(jar);
        }
        return bytes;
    }

    /** With its version, as the name of its jar has it. */
    String versioned() {
        String version = jars().stream()
                .map(jar -> jar.getFileName().toString())
                .filter(jar -> jar.matches("(openai-java|langchain4j-open-ai|spring-ai-openai)-\\d.*"))
                .map(jar -> jar.replaceAll("^[a-z0-9-]*?-(\\d[.\\d]*)\\.jar$", " $1"))
                .findFirst()
                .orElse("");
        return title + version;
    }

    @Override
    public String toString() {
        return title;
    }
}
