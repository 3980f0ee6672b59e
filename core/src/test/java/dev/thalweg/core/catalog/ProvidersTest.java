package dev.thalweg.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.catalog.Provider.AuthScheme;
import dev.thalweg.core.catalog.Provider.Quirk;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProvidersTest {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

    @Test
    void everyNameAndAliasMeansOneProvider() {
        List<String> names = new ArrayList<>();
        for (Provider provider : Providers.all()) {
            names.add(provider.name());
            names.addAll(provider.aliases());
            assertThat(Providers.find(provider.name())).containsSame(provider);
            provider.aliases()
                    .forEach(alias -> assertThat(Providers.find(alias)).containsSame(provider));
        }
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][a-z0-9_-]*"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyRowIsSane(Provider provider) {
        assertThat(provider.keyVariables())
                .isNotEmpty()
                .allMatch(name -> name.matches("[A-Z][A-Z0-9_]*_(KEY|TOKEN|PAT|JWT)(_BEDROCK)?"));
        assertThat(provider.baseUrlVariables()).allMatch(name -> name.matches("[A-Z][A-Z0-9_]*"));
        String base = provider.baseUrl();
        if (base == null) {
            assertThat(provider.baseUrlVariables())
                    .as("where else would the base URL come from")
                    .isNotEmpty();
            return;
        }
        URI uri = URI.create(base.replaceAll("\\{[a-z_]+\\}", "parameter"));
        assertThat(base).doesNotEndWith("/");
        assertThat(uri.getHost()).isNotEmpty();
        if (provider.has(Quirk.NO_KEY_NEEDED)) {
            assertThat(uri.getScheme() + "://" + uri.getHost()).isEqualTo("http://localhost");
        } else {
            assertThat(uri.getScheme()).isEqualTo("https");
        }
    }

    @Test
    void noEnvironmentVariableBelongsToTwoProviders() {
        assertThat(Providers.all().stream()
                        .filter(p ->
                                !p.has(Quirk.BEDROCK_INVOKE) && !p.has(Quirk.VERTEX_RAW_PREDICT)) // others' accounts
                        .flatMap(p -> java.util.stream.Stream.concat(
                                p.keyVariables().stream(), p.baseUrlVariables().stream())))
                .doesNotHaveDuplicates();
    }

    @Test
    void thereAreMoreThanNinetyRowsAndEachIsOfOneKind() {
        assertThat(Providers.all()).hasSizeGreaterThanOrEqualTo(90);
        assertThat(Providers.kinds().stream()
                        .flatMap(kind -> kind.providers().stream())
                        .toList())
                .isEqualTo(Providers.all());
        assertThat(Providers.makers())
                .isEqualTo(Providers.kinds().get(0).providers())
                .noneMatch(provider -> provider.has(Quirk.NO_KEY_NEEDED));
    }

    @Test
    void onlyAzureHasPathsOfItsOwn() {
        for (Provider provider : Providers.all()) {
            assertThat(provider.has(Quirk.AZURE_PATHS))
                    .isEqualTo(provider.name().equals("azure"));
            assertThat(provider.auth() == AuthScheme.API_KEY_HEADER)
                    .isEqualTo(provider.name().startsWith("azure"));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyPlaceInABaseUrlIsAParametersAndTheOtherWayRound(Provider provider) {
        String url = String.valueOf(provider.baseUrl());
        for (Provider.Parameter parameter : provider.parameters()) {
            assertThat(parameter.variables()).isNotEmpty();
        }
        assertThat(PLACE.matcher(url).results().map(place -> place.group(1)).toList())
                .isSubsetOf(provider.parameters().stream()
                        .map(Provider.Parameter::key)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "openai, https://api.openai.com/v1/models",
        "deepseek, https://api.deepseek.com/v1/models",
        "zai, https://api.z.ai/api/paas/v4/models",
        "ollama, http://localhost:11434/v1/models",
        "perplexity, https://api.perplexity.ainull",
    })
    void modelsAreListedWhereThePreferredProtocolIs(String name, String url) {
        Provider provider = Providers.find(name).orElseThrow();

        assertThat(provider.baseUrl() + provider.models()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "groq, GROQ_API_BASE",
        "nano-gpt, NANOGPT_API_BASE",
        "together_ai, TOGETHER_AI_API_BASE",
        "openai, OPENAI_BASE_URL",
    })
    void aBaseUrlMayComeFromAVariableNamedAfterTheProvider(String name, String variable) {
        assertThat(Providers.find(name).orElseThrow().baseUrlVariables()).contains(variable);
    }

    @Test
    void unknownNamesAreUnknown() {
        assertThat(Providers.find("opnai")).isEmpty();
        assertThat(Providers.find("")).isEmpty();
    }

    static List<Provider> all() {
        return Providers.all();
    }
}
