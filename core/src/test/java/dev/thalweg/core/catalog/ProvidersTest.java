package dev.thalweg.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.catalog.Provider.AuthScheme;
import dev.thalweg.core.catalog.Provider.Quirk;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersTest {
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
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyRowIsSane(Provider provider) {
        assertThat(provider.keyVariables())
                .isNotEmpty()
                .allMatch(name -> name.matches("[A-Z][A-Z0-9_]*_(KEY|TOKEN)(_BEDROCK)?"));
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
                        .filter(p -> !p.has(Quirk.BEDROCK_INVOKE)) // an account of Bedrock's, asked otherwise
                        .flatMap(p -> java.util.stream.Stream.concat(
                                p.keyVariables().stream(), p.baseUrlVariables().stream())))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai",
                "azure",
                "groq",
                "mistral",
                "deepseek",
                "openrouter",
                "together_ai",
                "fireworks_ai",
                "xai",
                "perplexity",
                "cerebras",
                "hosted_vllm",
                "llamacpp",
                "lm_studio",
                "ollama"
            })
    void theProvidersOfTheFirstStepAreThere(String name) {
        assertThat(Providers.find(name)).isPresent();
    }

    @Test
    void onlyAzureHasPathsAndAHeaderOfItsOwn() {
        for (Provider provider : Providers.all()) {
            assertThat(provider.has(Quirk.AZURE_PATHS))
                    .isEqualTo(provider.name().equals("azure"));
            assertThat(provider.auth() == AuthScheme.API_KEY_HEADER)
                    .isEqualTo(provider.name().equals("azure"));
        }
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
