package dev.thalweg.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.Deployment;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.catalog.Providers;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where requests to the providers of the table go, and what they show, with nothing said but a key. */
class ProviderRequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai         | POST https://api.openai.com/v1/chat/completions | Authorization: Bearer k | max_completion_tokens",
                "anthropic      | POST https://api.anthropic.com/v1/messages | x-api-key: k | max_tokens",
                "mistral        | POST https://api.mistral.ai/v1/chat/completions | Authorization: Bearer k | max_tokens",
                "deepseek       | POST https://api.deepseek.com/v1/chat/completions | Authorization: Bearer k | max_tokens",
                "xai            | POST https://api.x.ai/v1/chat/completions | Authorization: Bearer k | as sent",
                "moonshot       | POST https://api.moonshot.ai/v1/chat/completions | Authorization: Bearer k | max_tokens",
                "zai            | POST https://api.z.ai/api/paas/v4/chat/completions | Authorization: Bearer k | max_tokens",
                "minimax        | POST https://api.minimax.io/v1/chat/completions | Authorization: Bearer k | max_tokens",
                "dashscope      | POST https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions | Authorization: Bearer k | max_tokens",
                "volcengine     | POST https://ark.cn-beijing.volces.com/api/v3/chat/completions | Authorization: Bearer k | max_tokens",
                "meta_llama     | POST https://api.llama.com/compat/v1/chat/completions | Authorization: Bearer k | as sent",
                "azure_ai       | POST https://a-1.services.ai.azure.com/openai/v1/chat/completions | api-key: k | max_completion_tokens",
                "cloudflare     | POST https://api.cloudflare.com/client/v4/accounts/a-1/ai/v1/chat/completions | Authorization: Bearer k | max_tokens",
                "databricks     | POST https://a-1/serving-endpoints/chat/completions | Authorization: Bearer k | max_tokens",
                "snowflake      | POST https://a-1.snowflakecomputing.com/api/v2/cortex/v1/chat/completions | Authorization: Bearer k | as sent",
                "github         | POST https://models.github.ai/inference/chat/completions | Authorization: Bearer k | as sent",
                "groq           | POST https://api.groq.com/openai/v1/chat/completions | Authorization: Bearer k | as sent",
                "deepinfra      | POST https://api.deepinfra.com/v1/openai/chat/completions | Authorization: Bearer k | max_tokens",
                "friendliai     | POST https://api.friendli.ai/serverless/v1/chat/completions | Authorization: Bearer k | max_tokens",
                "huggingface    | POST https://router.huggingface.co/v1/chat/completions | Authorization: Bearer k | max_tokens",
                "novita         | POST https://api.novita.ai/openai/v1/chat/completions | Authorization: Bearer k | max_tokens",
                "openrouter     | POST https://openrouter.ai/api/v1/chat/completions | Authorization: Bearer k | as sent",
                "vercel_ai_gateway | POST https://ai-gateway.vercel.sh/v1/chat/completions | Authorization: Bearer k | as sent",
                "docker_model_runner | POST http://localhost:12434/engines/v1/chat/completions | Authorization: Bearer k | max_tokens",
            })
    void aRowIsEnough(String name, String line, String header, String tokens) {
        Target target = target(Providers.find(name).orElseThrow());
        Front front = target.upstream(Front.CHAT);
        FullHttpRequest request = target.request(front, "m", true, Unpooled.EMPTY_BUFFER, EmptyHttpHeaders.INSTANCE);
        String scheme = target.address().tls() ? "https://" : "http://";
        int colon = header.indexOf(':');

        assertThat(request.method() + " " + scheme + request.headers().get("host") + request.uri())
                .isEqualTo(line);
        assertThat(request.headers().get(header.substring(0, colon))).isEqualTo(header.substring(colon + 2));
        assertThat(spelled(target.deployment().provider())).isEqualTo(tokens);
    }

    private static String spelled(Provider provider) {
        return switch (provider.tokenField()) {
            case AS_SENT -> "as sent";
            case MAX_TOKENS -> "max_tokens";
            case MAX_COMPLETION_TOKENS_FOR_REASONING -> "max_completion_tokens";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "deepseek, https://api.deepseek.com/anthropic/v1/messages",
        "moonshot, https://api.moonshot.ai/anthropic/v1/messages",
        "zai, https://api.z.ai/api/anthropic/v1/messages",
        "minimax, https://api.minimax.io/anthropic/v1/messages",
        "openrouter, https://openrouter.ai/api/v1/messages",
        "vercel_ai_gateway, https://ai-gateway.vercel.sh/v1/messages",
        "groq, https://api.groq.com/openai/v1/chat/completions",
    })
    void callersOfMessagesAreServedInThemWhereTheProviderHasThem(String name, String url) {
        Target target = target(Providers.find(name).orElseThrow());
        Front front = target.upstream(Front.MESSAGES);
        FullHttpRequest request = target.request(front, "m", true, Unpooled.EMPTY_BUFFER, EmptyHttpHeaders.INSTANCE);

        assertThat("https://" + request.headers().get("host") + request.uri()).isEqualTo(url);
        assertThat(request.headers().get("authorization")).isEqualTo("Bearer k");
    }

    @ParameterizedTest
    @MethodSource("served")
    void everyProviderIsServedOnceItsVariablesAreSet(Provider provider) {
        Map<String, String> environment = environment(provider);
        GatewayConfig config = GatewayConfig.empty(environment);

        assertThat(config.notices()).isEmpty();
        assertThat(config.deployments())
                .extracting(Deployment::modelName)
                .containsExactly(provider.name() + "/*", "thalweg/demo");
        assertThat(config.deployments().get(0).upstream().dialects())
                .contains(provider.dialects().get(0));
    }

    @ParameterizedTest
    @MethodSource("withAccounts")
    void anAccountThatIsNotSaidIsAskedFor(Provider provider) {
        Map<String, String> environment = environment(provider);
        String variable = provider.parameters().get(0).variables().get(0);
        environment.remove(variable);
        GatewayConfig config = GatewayConfig.empty(environment);

        assertThat(config.deployments()).extracting(Deployment::modelName).containsExactly("thalweg/demo");
        assertThat(config.notices())
                .singleElement()
                .asString()
                .contains(provider.name() + " has something in the environment", "set " + variable, "as well");

        environment.put(variable, "a/b");
        assertThat(GatewayConfig.empty(environment).notices())
                .singleElement()
                .asString()
                .contains(variable, "letters, digits");
    }

    /** All but second ways to the same accounts. */
    static List<Provider> served() {
        return Providers.all().stream()
                .filter(provider -> !provider.has(Quirk.BEDROCK_INVOKE) && !provider.has(Quirk.VERTEX_RAW_PREDICT))
                .toList();
    }

    static List<Provider> withAccounts() {
        return served().stream()
                .filter(provider -> String.valueOf(provider.baseUrl()).contains("{"))
                .toList();
    }

    private static Target target(Provider provider) {
        return new Target(
                GatewayConfig.empty(environment(provider)).deployments().get(0));
    }

    private static Map<String, String> environment(Provider provider) {
        Map<String, String> environment = new HashMap<>();
        environment.put(provider.keyVariables().get(0), "k");
        provider.parameters()
                .forEach(parameter -> environment.put(parameter.variables().get(0), "a-1"));
        if (provider.baseUrl() == null || provider.has(Quirk.NO_KEY_NEEDED)) {
            String own = provider.baseUrl() == null ? "https://own.example" : provider.baseUrl();
            environment.put(provider.baseUrlVariables().get(0), own);
        }
        return environment;
    }
}
