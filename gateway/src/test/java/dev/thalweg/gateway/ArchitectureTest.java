package dev.thalweg.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which room of the gateway may know which, and what may not happen on an event loop. */
class ArchitectureTest {
    private static final String GATEWAY = "dev.thalweg.gateway";

    /** Calls that hold their thread until something happens elsewhere. */
    private static final Set<String> BLOCKING = Set.of(
            "java.lang.Thread.sleep",
            "java.lang.Thread.join",
            "java.lang.Object.wait",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.Future.get",
            "java.util.concurrent.CompletableFuture.get",
            "java.util.concurrent.CompletableFuture.join",
            "java.util.concurrent.CountDownLatch.await",
            "java.util.concurrent.BlockingQueue.take",
            "java.util.concurrent.BlockingQueue.put",
            "java.util.concurrent.Semaphore.acquire",
            "java.util.concurrent.locks.Lock.lock",
            "java.util.concurrent.locks.LockSupport.park",
            "java.net.InetAddress.getByName",
            "java.net.InetAddress.getAllByName",
            "java.net.InetAddress.getLocalHost");

    private static final Set<String> BLOCKING_NAMES =
            Set.of("sync", "syncUninterruptibly", "await", "awaitUninterruptibly");

    private static JavaClasses gateway;

    @BeforeAll
    static void read() {
        gateway = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.thalweg");
    }

    @Test
    void arrowsBetweenTheRoomsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(GATEWAY + "..")
                .layer("command")
                .definedBy(GATEWAY)
                .layer("server")
                .definedBy(GATEWAY + ".server..")
                .layer("chat")
                .definedBy(GATEWAY + ".chat..")
                .layer("demo")
                .definedBy(GATEWAY + ".demo..")
                .layer("upstream")
                .definedBy(GATEWAY + ".upstream..")
                .layer("tls")
                .definedBy(GATEWAY + ".tls..")
                .layer("record")
                .definedBy(GATEWAY + ".record..")
                .layer("terminal")
                .definedBy(GATEWAY + ".terminal..")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("terminal")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("chat")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("demo")
                .mayOnlyBeAccessedByLayers("chat")
                .whereLayer("upstream")
                .mayOnlyBeAccessedByLayers("server", "chat", "demo")
                .whereLayer("tls")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("record")
                .mayOnlyBeAccessedByLayers("server", "chat")
                .check(gateway);
        slices().matching(GATEWAY + ".(*)..").should().beFreeOfCycles().check(gateway);
    }

    @Test
    void theEngineKnowsNothingOfTheGatewayOrOfNetty() {
        noClasses()
                .that(resideInAnyPackage("dev.thalweg.core..", "dev.thalweg.model..", "dev.thalweg.error.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(GATEWAY + "..", "io.netty.."))
                .check(gateway);
    }

    @Test
    void theChatInTheTerminalIsAProgramOnTheSdkAndTheGatewayIsNot() {
        noClasses()
                .that(resideInAPackage(GATEWAY + ".terminal.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.netty..", "io.prometheus.."))
                .orShould()
                .dependOnClassesThat(
                        resideInAPackage(GATEWAY + ".*..").and(not(resideInAPackage(GATEWAY + ".terminal.."))))
                .check(gateway);
        noClasses()
                .that(resideInAPackage(GATEWAY + "..").and(not(resideInAPackage(GATEWAY + ".terminal.."))))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.thalweg", "org.jline.."))
                .check(gateway);
    }

    @Test
    void onlyTheCommandsKnowTheCommandLine() {
        classes()
                .that(new DescribedPredicate<JavaClass>("use picocli") {
                    @Override
                    public boolean test(JavaClass candidate) {
                        return candidate.getDirectDependenciesFromSelf().stream()
                                .anyMatch(to ->
                                        to.getTargetClass().getPackageName().startsWith("picocli"));
                    }
                })
                .should()
                .resideInAPackage(GATEWAY)
                .check(gateway);
    }

    @Test
    void theConfigurationKnowsNothingOfTheGatewayOrOfTheNetwork() {
        noClasses()
                .that(resideInAPackage("dev.thalweg.config.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(GATEWAY + "..", "io.netty..", "io.prometheus..", "java.net.http.."))
                .check(gateway);
    }

    @Test
    void nothingBlocksAnEventLoop() {
        // Starting and closing the server are the main thread's, looking a name up has a virtual thread of its own.
        noClasses()
                .that(resideInAnyPackage(
                        GATEWAY + ".server..", GATEWAY + ".chat..", GATEWAY + ".demo..", GATEWAY + ".upstream.."))
                .and()
                .doNotHaveFullyQualifiedName(GATEWAY + ".server.GatewayServer")
                .and()
                .doNotHaveFullyQualifiedName(GATEWAY + ".server.Shutdown")
                .and()
                .doNotHaveFullyQualifiedName(GATEWAY + ".upstream.Resolver")
                .should()
                .accessTargetWhere(new DescribedPredicate<JavaAccess<?>>("blocks its thread") {
                    @Override
                    public boolean test(JavaAccess<?> access) {
                        String owner = access.getTargetOwner().getName();
                        return BLOCKING.contains(owner + "." + access.getName())
                                || (owner.startsWith("io.netty.") && BLOCKING_NAMES.contains(access.getName()));
                    }
                })
                .check(gateway);
        noClasses()
                .that(resideInAnyPackage(GATEWAY + ".server..", GATEWAY + ".chat..", GATEWAY + ".demo.."))
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.net\\.(Server)?Socket|java\\.io\\.(File)?InputStream|java\\.nio\\.file\\.Files")
                .check(gateway);
    }

    /** Who asked twice in one request could see half of one configuration and half of another. */
    @Test
    void aRequestTakesTheConfigurationInForceOnceAndNothingElseOfItAsks() {
        Set<String> mayAsk = Set.of("Incoming.<init>", "GatewayServer.snapshot", "Shutdown.leave", "Shutdown.close");
        noClasses()
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("takes the configuration in force") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        String asks = call.getOriginOwner().getSimpleName() + "."
                                + call.getOrigin().getName();
                        return call.getTargetOwner().getSimpleName().equals("ServerContext")
                                && call.getName().equals("snapshot")
                                && call.getTarget().getRawParameterTypes().isEmpty()
                                // The clock of a connection that rests between two requests.
                                && !asks.startsWith("CallerConnection.")
                                && !mayAsk.contains(asks);
                    }
                })
                .check(gateway);
        noClasses()
                .that(resideInAPackage(GATEWAY + ".chat.."))
                .should()
                .dependOnClassesThat()
                .haveSimpleName("GatewayConfig")
                .check(gateway);
    }

    @Test
    void nothingWritesToTheStandardStreamsButTheCommands() {
        noClasses()
                .that(resideInAPackage(GATEWAY + ".*.."))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(gateway);
    }
}
