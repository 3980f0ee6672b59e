package dev.thalweg;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPath(Path.of("target/classes"));

    @Test
    void nothingIsSynchronizedBecauseThatPinsVirtualThreadsBeforeJava24() throws IOException {
        noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> blocks = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> read(file).lines().anyMatch(line -> line.matches("\\s*synchronized\\s*\\(.*")))
                    .toList();
            assertThat(blocks).isEmpty();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatUsersSeeMentionsOnlyOurOwnPublicTypesAndTheJdks() {
        Set<String> foreign = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (!isPublic(type)) {
                continue;
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                if (unit.getModifiers().contains(JavaModifier.PUBLIC)
                        || unit.getModifiers().contains(JavaModifier.PROTECTED)) {
                    unit.getRawParameterTypes().forEach(used -> check(used, unit, foreign));
                    check(unit.getRawReturnType(), unit, foreign);
                }
            }
        }
        assertThat(foreign).isEmpty();
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
    }

    private static void check(JavaClass used, JavaCodeUnit unit, Set<String> foreign) {
        String name = used.getPackageName();
        boolean ours = Set.of("dev.thalweg", "dev.thalweg.model", "dev.thalweg.error", "dev.thalweg.tool")
                .contains(name);
        if (!used.isPrimitive() && !name.startsWith("java.") && !ours) {
            foreign.add(unit.getFullName() + " mentions " + used.getName());
        }
    }

    @Test
    void thePublicTypesAreThese() {
        assertThat(CLASSES.stream()
                        .filter(ArchitectureTest::isPublic)
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "dev.thalweg.Thalweg",
                        "dev.thalweg.Thalweg$Builder",
                        "dev.thalweg.ChatStream",
                        "dev.thalweg.StreamView",
                        "dev.thalweg.ChoiceView",
                        "dev.thalweg.ToolChunk",
                        "dev.thalweg.CallOptions",
                        "dev.thalweg.CallOptions$Builder",
                        "dev.thalweg.Chunks",
                        "dev.thalweg.Replay",
                        "dev.thalweg.Deployment",
                        "dev.thalweg.Deployment$Builder",
                        "dev.thalweg.Routing",
                        "dev.thalweg.Routing$Builder",
                        "dev.thalweg.RoutingStrategy",
                        "dev.thalweg.CallListener",
                        "dev.thalweg.CallRecord",
                        "dev.thalweg.CallStart",
                        "dev.thalweg.CallOutcome",
                        "dev.thalweg.AttemptStart",
                        "dev.thalweg.Verbosity",
                        "dev.thalweg.Progress",
                        "dev.thalweg.Progress$Builder",
                        "dev.thalweg.Timeouts",
                        "dev.thalweg.Timeouts$Builder",
                        "dev.thalweg.tool.Tool",
                        "dev.thalweg.tool.Doc",
                        "dev.thalweg.tool.Tools",
                        "dev.thalweg.tool.ToolSource",
                        "dev.thalweg.tool.ToolFunction",
                        "dev.thalweg.tool.ToolFunction$Body",
                        "dev.thalweg.tool.ToolResult",
                        "dev.thalweg.tool.ToolRound",
                        "dev.thalweg.tool.ToolRun",
                        "dev.thalweg.tool.TooManyRoundsException",
                        "dev.thalweg.tool.ToolException",
                        "dev.thalweg.tool.JsonInput",
                        "dev.thalweg.tool.JsonInputException");
    }
}
