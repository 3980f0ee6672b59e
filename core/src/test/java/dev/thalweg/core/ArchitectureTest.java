package dev.thalweg.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The arrows between the rooms of the engine. From the bottom: {@code model} depends on nothing, {@code error} on it,
 * {@code core.error} on both; {@code wire} and {@code sign} depend on none of our rooms and {@code catalog} (rows of data) on the model, so that any
 * room above may use them; {@code dialect} stands on these, {@code upstream} on {@code dialect} and {@code sign}, {@code stream} on dialects, {@code route} on all. Within
 * {@code dialect} a protocol's package may use what all protocols share, and never another protocol.
 */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.thalweg.model", "dev.thalweg.error", "dev.thalweg.core");

    @ParameterizedTest(name = "{0} depends only on {1}")
    @CsvSource({
        "dev.thalweg.model, ''",
        "dev.thalweg.error, model",
        "dev.thalweg.core.wire, ''",
        "dev.thalweg.core.catalog, model",
        "dev.thalweg.core.sign, ''",
        "dev.thalweg.core.error, error model",
        "dev.thalweg.core.dialect, wire catalog core.error error model",
        "dev.thalweg.core.stream, dialect wire catalog core.error error model",
        "dev.thalweg.core.upstream, dialect wire sign catalog core.error error model",
        "dev.thalweg.core.route, stream dialect wire catalog core.error error model"
    })
    void arrowsPointDownOnly(String room, String below) {
        String[] allowed = Stream.concat(
                        Stream.of(room),
                        Stream.of(below.split(" ")).filter(s -> !s.isEmpty()).map(ArchitectureTest::packageOf))
                .map(name -> name + "..")
                .toArray(String[]::new);
        assertThat(CORE.that(resideInAPackage(room + ".."))).as(room).isNotEmpty();
        noClasses()
                .that()
                .resideInAPackage(room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.thalweg..").and(not(resideInAnyPackage(allowed))))
                .check(CORE);
    }

    @Test
    void everyRoomIsOneOfThese() {
        classes()
                .should()
                .resideInAnyPackage(
                        "dev.thalweg.model",
                        "dev.thalweg.error",
                        "dev.thalweg.core.wire",
                        "dev.thalweg.core.catalog",
                        "dev.thalweg.core.sign",
                        "dev.thalweg.core.error",
                        "dev.thalweg.core.dialect",
                        "dev.thalweg.core.dialect.*",
                        "dev.thalweg.core.stream",
                        "dev.thalweg.core.upstream",
                        "dev.thalweg.core.route")
                .check(CORE);
    }

    @Test
    void whatDialectsShareKnowsNoDialectAndTheCollectorsAboveKnowOnlyWhatIsShared() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.thalweg.core.dialect", "dev.thalweg.core.stream")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.thalweg.core.dialect.*")
                .check(CORE);
    }

    @Test
    void theEngineHasNoInputOrOutputAndNoClockOrThreadOfItsOwn() {
        noClasses()
                .that()
                // the text of the catalogue, a resource of its own jar
                .doNotHaveFullyQualifiedName("dev.thalweg.core.catalog.CatalogText")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.util.concurrent")
                .orShould()
                .dependOnClassesThat(
                        resideInAPackage("java.net..").and(not(describe("names", ArchitectureTest::isName))))
                .orShould()
                .dependOnClassesThat(
                        resideInAPackage("java.io..").and(not(describe("Serializable", ArchitectureTest::isMarker))))
                .orShould()
                .dependOnClassesThat(describe(
                        "threads and timers",
                        type -> type.isAssignableTo(Thread.class)
                                || type.isAssignableTo(java.util.Timer.class)
                                || type.isAssignableTo(java.time.Clock.class)))
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethodWhere(describe(
                        "now()",
                        call -> call.getName().equals("now")
                                && call.getTargetOwner().getPackageName().equals("java.time")))
                .check(CORE);
    }

    @Test
    void noPublicSignatureShowsAnotherLibrary() {
        classes().that().arePublic().should(showOnlyOurTypesAndTheJdks()).check(CORE);
    }

    private static String packageOf(String room) {
        return room.equals("model") || room.equals("error")
                ? "dev.thalweg." + room
                : "dev.thalweg.core." + room.replace("core.", "");
    }

    /** An address written down connects nothing. */
    private static boolean isName(JavaClass type) {
        return type.isEquivalentTo(java.net.URI.class)
                || type.isEquivalentTo(java.net.URISyntaxException.class)
                || type.isEquivalentTo(java.net.URLEncoder.class);
    }

    private static boolean isMarker(JavaClass type) {
        return type.isEquivalentTo(java.io.Serializable.class);
    }

    private static ArchCondition<JavaClass> showOnlyOurTypesAndTheJdks() {
        return new ArchCondition<>("show only our own types and the JDK's") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(type.getRawInterfaces().stream(), type.getRawSuperclass().stream())
                        .filter(ArchitectureTest::isForeign)
                        .forEach(shown -> events.add(violation(type, type.getName() + " shows " + shown.getName())));
                for (JavaMember member : type.getMembers()) {
                    if (member.getModifiers().contains(JavaModifier.PUBLIC)
                            || member.getModifiers().contains(JavaModifier.PROTECTED)) {
                        shownBy(member)
                                .filter(ArchitectureTest::isForeign)
                                .forEach(shown -> events.add(
                                        violation(type, member.getFullName() + " shows " + shown.getName())));
                    }
                }
            }
        };
    }

    private static ConditionEvent violation(JavaClass type, String message) {
        return SimpleConditionEvent.violated(type, message);
    }

    private static Stream<JavaClass> shownBy(JavaMember member) {
        return switch (member) {
            case JavaCodeUnit unit ->
                Stream.concat(
                        Stream.concat(
                                unit.getReturnType().getAllInvolvedRawTypes().stream(),
                                unit.getParameterTypes().stream().flatMap(t -> t.getAllInvolvedRawTypes().stream())),
                        unit.getExceptionTypes().stream());
            case JavaField field -> field.getType().getAllInvolvedRawTypes().stream();
            default -> Stream.empty();
        };
    }

    private static boolean isForeign(JavaClass type) {
        JavaClass base = type.getBaseComponentType();
        return !base.isPrimitive()
                && !base.getPackageName().startsWith("java.")
                && !base.getPackageName().startsWith("dev.thalweg.");
    }
}
