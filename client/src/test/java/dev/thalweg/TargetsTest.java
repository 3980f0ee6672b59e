package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.core.upstream.Environment;
import dev.thalweg.error.AuthenticationException;
import dev.thalweg.error.BadRequestException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import java.net.http.HttpClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest extends SdkTest {
    private RecordedRequest asked(Thalweg client, String model) {
        upstream.always(OpenAiScripts.completion("Hi"));
        client.complete(model, "Hello");
        return upstream.takeRequest(SOON);
    }

    private static Targets targets(Map<String, String> variables, Map<String, String> keys) {
        Environment environment = new Environment(variables);
        Accounts accounts = new Accounts(environment, keys, Map.of(), Map.of());
        return new Targets(HttpClient.newHttpClient(), accounts, environment, null, "");
    }

    private Thalweg with(Map<String, String> environment) {
        return Thalweg.builder().environment(environment).retries(0).build();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, '', /v1/chat/completions",
        "openai, /, /v1/chat/completions",
        "openai, /v1, /v1/chat/completions",
        "openai, /v1/, /v1/chat/completions",
        "openai, /proxy/openai, /proxy/openai/chat/completions",
        "groq, '', /openai/v1/chat/completions",
        "openrouter, '', /api/v1/chat/completions",
        "perplexity, '', /chat/completions",
        "vllm, '', /v1/chat/completions",
    })
    void theUsualPathIsAddedOnlyWhereTheBaseUrlHasNone(String provider, String path, String target) {
        Thalweg client = Thalweg.builder()
                .environment(Map.of())
                .apiKey(provider, "k")
                .baseUrl(provider, upstream.url() + path)
                .build();

        assertThat(asked(client, provider + "/m").target()).isEqualTo(target);
    }

    @Test
    void aModelNameMayHaveSlashes() {
        Thalweg client = Thalweg.builder()
                .environment(Map.of("TOGETHER_API_KEY", "k"))
                .baseUrl("together", upstream.url())
                .build();

        assertThat(asked(client, "together/meta-llama/Llama-3").bodyText())
                .contains("\"model\":\"meta-llama/Llama-3\"");
    }

    @Test
    void azureHasItsOwnPathAndHeader() {
        Thalweg client = with(Map.of("AZURE_API_KEY", "k-1", "AZURE_API_BASE", upstream.url() + "/"));

        RecordedRequest request = asked(client, "azure/my deployment");

        assertThat(request.target())
                .isEqualTo("/openai/deployments/my%20deployment/chat/completions?api-version=2024-10-21");
        assertThat(request.header("api-key")).contains("k-1");
        assertThat(request.header("authorization")).isEmpty();

        Thalweg newer = with(Map.of("AZURE_API_KEY", "k-1", "AZURE_API_BASE", upstream.url() + "/openai/v1/"));
        assertThat(asked(newer, "azure/m").target()).isEqualTo("/openai/v1/chat/completions");
    }

    @Test
    void aServerOnTheUsersOwnMachineNeedsNoKey() {
        RecordedRequest request = asked(with(Map.of("HOSTED_VLLM_API_BASE", upstream.url())), "hosted_vllm/m");

        assertThat(request.header("authorization")).isEmpty();
    }

    @Test
    void aGatewayGetsTheModelsNameAsItIs() {
        RecordedRequest request = asked(Thalweg.gateway(upstream.url(), "tw-key"), "thalweg/demo");

        assertThat(request.target()).isEqualTo("/v1/chat/completions");
        assertThat(request.bodyText()).contains("\"model\":\"thalweg/demo\"");
        assertThat(request.header("authorization")).contains("Bearer tw-key");
        assertThat(asked(Thalweg.gateway(upstream.url() + "/v1", ""), "alias").header("authorization"))
                .isEmpty();
    }

    @Test
    void aGatewayInTheEnvironmentTakesAllModels() {
        Thalweg client = with(Map.of(
                "THALWEG_BASE_URL", upstream.url(), "THALWEG_API_KEY", "tw-key\n", "OPENAI_API_KEY", "sk-not-this"));

        RecordedRequest request = asked(client, MODEL);

        assertThat(request.bodyText()).contains("\"model\":\"openai/gpt-4o-mini\"");
        assertThat(request.header("authorization")).contains("Bearer tw-key");
        assertThat(asked(with(Map.of("THALWEG_BASE_URL", upstream.url())), "any")
                        .header("authorization"))
                .isEmpty();
    }

    @Test
    void theTokenLimitIsSpelledAsTheProviderReadsIt() {
        upstream.always(OpenAiScripts.completion("Hi"));
        thalweg.complete(ChatRequest.builder("openai/o3")
                .user("Hello")
                .maxOutputTokens(9)
                .build());

        assertThat(upstream.takeRequest(SOON).bodyText()).contains("\"max_completion_tokens\":9");
    }

    @Test
    void aMissingKeySaysWhatToSet() {
        AuthenticationException e = catchThrowableOfType(
                AuthenticationException.class, () -> with(Map.of()).complete("groq/m", "Hello"));

        assertThat(e).hasMessageContaining("GROQ_API_KEY").hasMessageContaining("apiKey(\"groq\"");
        assertThat(e.retryable()).isFalse();
        assertThat(e.model()).contains("groq/m");
    }

    @Test
    void aKeyWithALineBreakIsRefusedWithoutBeingShown() {
        AuthenticationException e = catchThrowableOfType(
                AuthenticationException.class,
                () -> with(Map.of("GROQ_API_KEY", "gsk_secret\r\nX: y")).complete("groq/m", "Hello"));

        assertThat(e.getMessage()).contains("groq").doesNotContain("secret");
    }

    @Test
    void aMissingBaseUrlSaysWhatToSet() {
        assertThat(catchThrowableOfType(
                        BadRequestException.class,
                        () -> with(Map.of("AZURE_API_KEY", "k")).complete("azure/m", "Hello")))
                .hasMessageContaining("AZURE_API_BASE");
    }

    @Test
    void anAccountThatIsNotSaidIsAskedFor() {
        assertThat(catchThrowableOfType(
                        BadRequestException.class,
                        () -> with(Map.of("CLOUDFLARE_API_KEY", "k")).complete("cloudflare/m", "Hello")))
                .hasMessageContaining("set CLOUDFLARE_ACCOUNT_ID");
        assertThat(catchThrowableOfType(
                        BadRequestException.class,
                        () -> with(Map.of("CLOUDFLARE_API_KEY", "k", "CLOUDFLARE_ACCOUNT_ID", "a/b"))
                                .complete("cloudflare/m", "Hello")))
                .hasMessageContaining("letters, digits");
    }

    @ParameterizedTest
    @CsvSource({
        "cloudflare, https://api.cloudflare.com/client/v4/accounts/a-1/ai/v1/chat/completions",
        "zai, https://api.z.ai/api/paas/v4/chat/completions",
        "deepseek, https://api.deepseek.com/v1/chat/completions",
        "snowflake, https://a-1.snowflakecomputing.com/api/v2/cortex/v1/chat/completions",
    })
    void aProviderIsWhereTheTableAndTheAccountSay(String provider, String uri) {
        Targets targets =
                targets(Map.of("CLOUDFLARE_ACCOUNT_ID", "a-1", "SNOWFLAKE_ACCOUNT_ID", "a-1"), Map.of(provider, "k"));

        assertThat(targets.find(provider + "/m").uri(true)).hasToString(uri);
    }

    @ParameterizedTest
    @CsvSource({"my-model", "/gpt", "openai/", "''"})
    void aModelWithoutAProviderSaysHowToNameIt(String model) {
        assertThat(catchThrowableOfType(BadRequestException.class, () -> thalweg.complete(model, "Hello")))
                .hasMessageContaining("provider/model");
    }

    @Test
    void anUnknownProviderIsToldTheKnownOnes() {
        assertThat(catchThrowableOfType(BadRequestException.class, () -> thalweg.complete("opnai/m", "Hello")))
                .hasMessageContaining("opnai")
                .hasMessageContaining("did you mean \"openai\"?")
                .hasMessageContaining("openai_like");
        assertThat(catchThrowableOfType(BadRequestException.class, () -> thalweg.complete("acme/m", "Hello")))
                .hasMessageContaining("known are openai, azure, ")
                .hasMessageContaining("openai_like");
        assertThatIllegalArgumentException().isThrownBy(() -> Thalweg.builder().apiKey("opnai", "k"));
        assertThatIllegalArgumentException().isThrownBy(() -> Thalweg.builder().baseUrl("opnai", "http://a"));
    }

    @ParameterizedTest
    @CsvSource({"localhost:8000", "ftp://host", "http://", "'http://a b'", "/v1", "''"})
    void whatIsNoUrlIsRefusedWithoutBeingRepeated(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Thalweg.gateway(url, ""))
                .withMessageContaining("http://HOST:PORT");
        assertThatIllegalArgumentException().isThrownBy(() -> Thalweg.builder().baseUrl("openai", url));
    }

    @Test
    void noKeyIsInAnyText() {
        Target target = targets(Map.of("OPENAI_API_KEY", "sk-secret"), Map.of()).find(MODEL);

        assertThat(target.toString()).doesNotContain("secret");
    }
}
