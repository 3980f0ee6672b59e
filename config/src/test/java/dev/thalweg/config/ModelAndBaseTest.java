package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a deployment leads: the provider, the model's name there, and the URL. */
class ModelAndBaseTest {
    @ParameterizedTest
    @CsvSource({
        "openai/gpt-4o, openai, gpt-4o",
        "together/meta-llama/Llama-3, together_ai, meta-llama/Llama-3",
        "openrouter/openai/gpt-4o, openrouter, openai/gpt-4o",
        "gpt-4o-mini, openai, gpt-4o-mini",
        "o3-mini, openai, o3-mini",
        "chatgpt-4o-latest, openai, chatgpt-4o-latest",
        "cohere/command-a-03-2025, cohere, command-a-03-2025",
        "cohere_chat/command-r, cohere, command-r",
        "command-r-plus, cohere, command-r-plus",
        "claude-opus-4-5-20251101, anthropic, claude-opus-4-5-20251101",
        "grok-4, xai, grok-4",
        "mistral-large-latest, mistral, mistral-large-latest",
        "codestral-latest, mistral, codestral-latest",
        "codestral/codestral-latest, codestral, codestral-latest",
        "deepseek-chat, deepseek, deepseek-chat",
        "sonar-pro, perplexity, sonar-pro",
        "kimi-k2.5, moonshot, kimi-k2.5",
        "glm-4.6, zai, glm-4.6",
        "MiniMax-M2, minimax, MiniMax-M2",
        "nano-gpt/gpt-4o, nano-gpt, gpt-4o",
        "github/openai/gpt-4o, github, openai/gpt-4o",
    })
    void theProviderIsReadFromTheModel(String model, String provider, String upstream) {
        Deployment deployment = Configs.deployment("api_key: k, model: " + model);

        assertThat(deployment.provider().name()).isEqualTo(provider);
        assertThat(deployment.upstreamModel()).isEqualTo(upstream);
    }

    @Test
    void aBareNameWithAnApiBaseSpeaksOpenAi() {
        Deployment deployment = Configs.deployment("model: my-model, api_base: 'http://10.0.0.7:9000'");

        assertThat(deployment.provider().name()).isEqualTo("openai");
        assertThat(deployment.upstreamModel()).isEqualTo("my-model");
        assertThat(deployment.apiKey()).isNull();
        assertThat(deployment.disabled()).isNull();
    }

    @Test
    void aProviderCanBeNamedApart() {
        Deployment deployment = Configs.deployment(
                "model: meta-llama/Llama-3, custom_llm_provider: hosted_vllm, base_url: 'http://gpu:8000'");

        assertThat(deployment.provider().name()).isEqualTo("hosted_vllm");
        assertThat(deployment.upstreamModel()).isEqualTo("meta-llama/Llama-3");
        assertThat(deployment.apiBase()).hasToString("http://gpu:8000/v1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "my-model | has no provider before it; write it as provider/my-model",
                "llama-3.3-70b | has no provider before it; write it as",
                "gpt4o | has no provider before it; did you mean 'openai/gpt-4o'?",
                "opnai/gpt-4o | in model; did you mean 'openai'?",
                "acme/gpt-4o | in model; expected openai, azure, mistral",
                "openai/ | the name of the model is missing",
                "thalweg/other | Thalweg itself has one model, thalweg/demo",
                "'*' | names no provider; write one entry for each",
                "groq/* | has a * that model_name has not",
                "azure/mine | azure needs an api_base; add it, or set AZURE_API_BASE or AZURE_OPENAI_ENDPOINT",
                "hosted_vllm/x | hosted_vllm needs an api_base",
                "openai_like/x | openai_like needs an api_base",
            })
    void aModelThatLeadsNowhereIsRefused(String model, String words) {
        assertThat(Configs.deploymentProblems("api_key: k, model: " + (model.equals("*") ? "'*'" : model)))
                .singleElement()
                .asString()
                .contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, http://h:1, http://h:1/v1",
        "openai, http://h:1/, http://h:1/v1",
        "openai, http://h:1/v1, http://h:1/v1",
        "openai, http://h:1/v1/, http://h:1/v1",
        "openai, http://h:1/v1/chat/completions, http://h:1/v1",
        "openai, https://h/proxy/llm/, https://h/proxy/llm",
        "openai, 'http://[::1]:8080', 'http://[::1]:8080/v1'",
        "groq, https://api.groq.com, https://api.groq.com/openai/v1",
        "zai, https://api.z.ai/api/paas/v4, https://api.z.ai/api",
        "minimax, https://api.minimaxi.com/v1, https://api.minimaxi.com",
        "azure_ai, https://r.services.ai.azure.com, https://r.services.ai.azure.com/openai/v1",
        "docker_model_runner, http://localhost:22088, http://localhost:22088/engines/v1",
        "cloudflare, https://proxy.example/cf, https://proxy.example/cf",
        "perplexity, https://api.perplexity.ai, https://api.perplexity.ai",
        "perplexity, https://api.perplexity.ai/chat/completions, https://api.perplexity.ai",
        "hosted_vllm, http://gpu:8000, http://gpu:8000/v1",
        "cohere, https://api.cohere.com, https://api.cohere.com",
        "cohere, https://api.cohere.com/v2/, https://api.cohere.com",
        "cohere, https://api.cohere.ai/v1/chat, https://api.cohere.ai",
        "cohere, https://h/proxy/v2/chat, https://h/proxy",
        "azure, https://a.example/, https://a.example",
        "azure, https://a.example/openai/deployments/d/chat/completions, https://a.example",
        "azure, https://a.example/openai/v1/, https://a.example/openai/v1",
        "azure, https://manager.example/eu/openai, https://manager.example/eu",
    })
    void aBaseIsAcceptedInItsSpellings(String provider, String written, String meant) {
        assertThat(Configs.deployment("model: " + provider + "/m, api_key: k, api_base: '" + written + "'")
                        .apiBase())
                .hasToString(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h", "127.0.0.1:9100/v1", "http://user:canary@h/v1", "http://h/v1#canary",
                        "http://h/v1?key=canary",
                "http://", "http://a_b:80", "http://h:99999", "/v1", "http://h /v1"
            })
    void aBaseThatCannotBeUsedIsRefusedWithoutShowingIt(String base) {
        assertThat(Configs.deploymentProblems("model: openai/m, api_key: k, api_base: '" + base + "'"))
                .singleElement()
                .asString()
                .startsWith("config.yaml:1:")
                .contains("api_base: it ")
                .doesNotContain("canary");
    }

    @Test
    void aBaseWithoutAPathIsRefusedWhereThePathIsTheAccounts() {
        assertThat(Configs.deploymentProblems("model: cloudflare/m, api_key: k, api_base: 'https://proxy.example'"))
                .singleElement()
                .asString()
                .contains("it has no path; cloudflare's is /client/v4/accounts/");
    }

    @Test
    void idsStayTheSameWhileTheEntryDoes() {
        Deployment first = Configs.local("timeout: 1");
        Deployment again = Configs.local("timeout: 2");

        assertThat(first.id()).matches("[0-9a-f]{12}").isEqualTo(again.id());
        assertThat(Configs.local("api_base: 'http://other:1'").id()).isNotEqualTo(first.id());
    }

    @Test
    void theDemoNeedsNothing() {
        Deployment demo = Configs.deployment("model: thalweg/demo");

        assertThat(demo.kind()).isEqualTo(Deployment.Kind.DEMO);
        assertThat(demo.provider().name()).isEqualTo("thalweg");
        assertThat(demo.apiBase().getHost()).isNull();
    }
}
