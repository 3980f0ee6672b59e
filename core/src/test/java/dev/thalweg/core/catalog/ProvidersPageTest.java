package dev.thalweg.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.catalog.Provider.AuthScheme;
import dev.thalweg.core.catalog.Provider.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/providers.md are the provider table. */
class ProvidersPageTest {
    private static final Path PAGE = Path.of("..", "docs", "providers.md");
    private static final String BEGIN = "<!-- tables: written by ProvidersPageTest -->";
    private static final String END = "<!-- end of tables -->";

    @Test
    void thePageHasEveryRow() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String tables =
                "\n" + Providers.kinds().stream().map(ProvidersPageTest::table).collect(Collectors.joining());
        if (Boolean.getBoolean("thalweg.write-pages")) {
            Files.writeString(PAGE, page.substring(0, begin) + tables + page.substring(end));
        } else {
            assertThat(page.substring(begin, end))
                    .as("run with -Dthalweg.write-pages=true to write the page anew")
                    .isEqualTo(tables);
        }
    }

    private static String table(Providers.Kind kind) {
        return "\n## " + kind.title()
                + "\n\n| prefix | also | speaks | key | base URL | its variable | lists models |\n"
                + "| --- | --- | --- | --- | --- | --- | --- |\n"
                + kind.providers().stream().map(ProvidersPageTest::row).collect(Collectors.joining()) + "\n";
    }

    private static String row(Provider provider) {
        return Stream.of(
                                "`" + provider.name() + "`",
                                code(provider.aliases()),
                                provider.dialects().stream()
                                        .map(dialect -> dialect + at(provider, dialect))
                                        .collect(Collectors.joining(", ")),
                                code(provider.keyVariables()) + header(provider.auth()),
                                provider.baseUrl() == null ? "your own" : "`" + provider.baseUrl() + "`",
                                code(provider.baseUrlVariables()) + account(provider.parameters()),
                                provider.models() == null ? "" : "yes")
                        .collect(Collectors.joining(" | ", "| ", " |"))
                        .replace("|  |", "| |")
                        .replace("|  |", "| |")
                + "\n";
    }

    private static String at(Provider provider, String dialect) {
        return provider.root(dialect).isEmpty() ? "" : " (`" + provider.root(dialect) + "`)";
    }

    private static String header(AuthScheme scheme) {
        return switch (scheme) {
            case BEARER -> "";
            case API_KEY_HEADER -> " as `api-key`";
            case X_API_KEY_HEADER -> " as `x-api-key`";
            case X_GOOG_API_KEY_HEADER -> " as `x-goog-api-key`";
            case AWS -> " as a bearer token, or AWS's keys";
        };
    }

    private static String account(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> "; for `" + parameter.key() + "`: " + code(parameter.variables()))
                .collect(Collectors.joining());
    }

    private static String code(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
