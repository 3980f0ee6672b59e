package dev.thalweg.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.thalweg.types");

    @Test
    void whatUsersSeeMentionsOnlyOurOwnPublicTypesAndTheJdks() {
        Set<String> foreign = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                if (isPublic(type) && unit.getModifiers().contains(JavaModifier.PUBLIC)) {
                    unit.getRawParameterTypes().forEach(used -> check(used, unit, foreign));
                    check(unit.getRawReturnType(), unit, foreign);
                }
            }
        }
        assertThat(foreign).isEmpty();
    }

    @Test
    void everyObjectOfTheWireKeepsWhatItHasNoComponentFor() {
        assertThat(CLASSES.stream().filter(type -> isPublic(type) && type.isRecord()))
                .hasSizeGreaterThan(60)
                .allSatisfy(type -> assertThat(type.isAssignableTo(WireRecord.class)
                                || type.getName().contains("MistralContent$"))
                        .as(type.getName())
                        .isTrue());
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static void check(JavaClass used, JavaCodeUnit unit, Set<String> foreign) {
        String name = used.getPackageName();
        boolean ours = name.startsWith("dev.thalweg.types") || name.equals("dev.thalweg.model");
        if (!used.isPrimitive() && !name.startsWith("java.") && !ours) {
            foreign.add(unit.getFullName() + " mentions " + used.getName());
        }
    }
}
