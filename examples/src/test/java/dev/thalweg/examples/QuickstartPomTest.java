package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever copies a pom from the pages gets the version and the Java that this repository builds. */
class QuickstartPomTest {
    private static final Pattern OURS =
            Pattern.compile("<groupId>dev\\.thalweg</groupId>\\s*<artifactId>[^<]+</artifactId>\\s*<version>([^<]+)<");
    private static final Pattern GRADLE = Pattern.compile("\"dev\\.thalweg:thalweg:([^\"]+)\"");

    @Test
    void thePagesNameThisVersion() throws IOException {
        String version = found(Pattern.compile("<version>([^<]+)</version>"), Path.of("..", "pom.xml"));
        assertThat(found(OURS, Path.of("src", "main", "quickstart", "pom.xml"))).isEqualTo(version);
        for (String page : new String[] {"quickstart.md", "testing.md"}) {
            assertThat(found(OURS, Path.of("..", "docs", "sdk", page))).as(page).isEqualTo(version);
        }
        assertThat(found(GRADLE, Path.of("..", "docs", "sdk", "quickstart.md"))).isEqualTo(version);
    }

    @Test
    void whatTheyNeedBesideIsWhatThisRepositoryIsBuiltWith() throws IOException {
        String ours = Files.readString(Path.of("..", "pom.xml"));
        Pattern artifact = Pattern.compile("<artifactId>([\\w-]+)</artifactId>\\s*<version>([^<]+)</version>");
        String shown = Files.readString(Path.of("src", "main", "quickstart", "pom.xml"))
                + Files.readString(Path.of("..", "docs", "sdk", "testing.md"));
        assertThat(artifact.matcher(shown)
                        .results()
                        .filter(found -> !found.group(2).equals("1")))
                .hasSize(6)
                .allSatisfy(found -> assertThat(ours).contains("<version>" + found.group(2) + "</version>"));
    }

    @Test
    void theSdkAsksForNoNewerJava() throws IOException {
        Pattern release = Pattern.compile("<maven\\.compiler\\.release>(\\d+)<");
        String first = found(release, Path.of("src", "main", "quickstart", "pom.xml"));
        assertThat(found(release, Path.of("..", "pom.xml"))).isEqualTo(first);
        for (String module : new String[] {"core", "client", "testkit"}) {
            try (Stream<String> lines = Files.lines(Path.of("..", module, "pom.xml"))) {
                assertThat(lines).as(module).noneMatch(line -> line.contains("maven.compiler.release"));
            }
        }
    }

    private static String found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
