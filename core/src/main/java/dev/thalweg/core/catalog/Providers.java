package dev.thalweg.core.catalog;

import dev.thalweg.core.catalog.Provider.AuthScheme;
import dev.thalweg.core.catalog.Provider.Parameter;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.catalog.Provider.TokenField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The provider table. Adding a provider that speaks a known protocol is adding a row here. Base URLs and variable names are the
 * providers' documented ones; names and aliases are those of LiteLLM, so that its configuration files read as they are.
 */
public final class Providers {
    private static final List<Provider> ALL = List.of(
            row("openai", "https://api.openai.com/v1", "OPENAI_API_KEY")
                    .bases("OPENAI_BASE_URL", "OPENAI_API_BASE")
                    .tokens(TokenField.MAX_COMPLETION_TOKENS_FOR_REASONING)
                    .speaks("openai", "responses")
                    .build(),
            row("anthropic", "https://api.anthropic.com/v1", "ANTHROPIC_API_KEY")
                    .bases("ANTHROPIC_BASE_URL", "ANTHROPIC_API_BASE")
                    .auth(AuthScheme.X_API_KEY_HEADER)
                    .tokens(TokenField.MAX_TOKENS)
                    .speaks("anthropic")
                    .build(),
            row("gemini", "https://generativelanguage.googleapis.com/v1beta", "GEMINI_API_KEY", "GOOGLE_API_KEY")
                    .bases("GEMINI_API_BASE", "GOOGLE_GEMINI_BASE_URL")
                    .auth(AuthScheme.X_GOOG_API_KEY_HEADER)
                    .tokens(TokenField.MAX_TOKENS)
                    .speaks("gemini")
                    .build(),
            row(
                            "vertex_ai",
                            "https://{vertex_location}-aiplatform.googleapis.com/v1/projects/{vertex_project}"
                                    + "/locations/{vertex_location}/publishers/google",
                            "VERTEXAI_ACCESS_TOKEN")
                    .aliases("vertex_ai_beta")
                    .parameter("vertex_project", "VERTEXAI_PROJECT", "GOOGLE_CLOUD_PROJECT")
                    .parameterOr("us-central1", "vertex_location", "VERTEXAI_LOCATION", "GOOGLE_CLOUD_LOCATION")
                    .parameter(Provider.GOOGLE_CREDENTIALS, "GOOGLE_APPLICATION_CREDENTIALS")
                    .tokens(TokenField.MAX_TOKENS)
                    .speaks("gemini")
                    .build(),
            aws("bedrock").aliases("bedrock_converse").speaks("bedrock").build(),
            aws("bedrock_invoke")
                    .tokens(TokenField.MAX_TOKENS)
                    .speaks("anthropic")
                    .quirks(Quirk.BEDROCK_INVOKE)
                    .build(),
            row("azure", null, "AZURE_API_KEY", "AZURE_OPENAI_API_KEY")
                    .bases("AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT")
                    .auth(AuthScheme.API_KEY_HEADER)
                    .tokens(TokenField.MAX_COMPLETION_TOKENS_FOR_REASONING)
                    .quirks(Quirk.AZURE_PATHS)
                    .speaks("openai", "responses")
                    .build(),
            row("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY").build(),
            row("mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY")
                    .tokens(TokenField.MAX_TOKENS)
                    .quirks(Quirk.NO_STREAM_OPTIONS)
                    .build(),
            row("deepseek", "https://api.deepseek.com", "DEEPSEEK_API_KEY")
                    .at("openai", "/v1")
                    .at("anthropic", "/anthropic/v1")
                    .tokens(TokenField.MAX_TOKENS)
                    .build(),
            row("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY")
                    .build(),
            row("together_ai", "https://api.together.xyz/v1", "TOGETHERAI_API_KEY", "TOGETHER_API_KEY")
                    .aliases("together")
                    .tokens(TokenField.MAX_TOKENS)
                    .build(),
            row("fireworks_ai", "https://api.fireworks.ai/inference/v1", "FIREWORKS_AI_API_KEY", "FIREWORKS_API_KEY")
                    .aliases("fireworks")
                    .tokens(TokenField.MAX_TOKENS)
                    .build(),
            row("xai", "https://api.x.ai/v1", "XAI_API_KEY")
                    .speaks("openai", "responses")
                    .build(),
            row("perplexity", "https://api.perplexity.ai", "PERPLEXITYAI_API_KEY", "PERPLEXITY_API_KEY")
                    .tokens(TokenField.MAX_TOKENS)
                    .quirks(Quirk.NO_STREAM_OPTIONS)
                    .build(),
            row(
                            "cloudflare",
                            "https://api.cloudflare.com/client/v4/accounts/{cloudflare_account_id}/ai/v1",
                            "CLOUDFLARE_API_KEY",
                            "CLOUDFLARE_API_TOKEN")
                    .parameter("cloudflare_account_id", "CLOUDFLARE_ACCOUNT_ID")
                    .tokens(TokenField.MAX_TOKENS)
                    .build(),
            row("cerebras", "https://api.cerebras.ai/v1", "CEREBRAS_API_KEY").build(),
            row("moonshot", "https://api.moonshot.ai/v1", "MOONSHOT_API_KEY")
                    .tokens(TokenField.MAX_TOKENS)
                    .build(),
            row("nvidia_nim", "https://integrate.api.nvidia.com/v1", "NVIDIA_NIM_API_KEY")
                    .tokens(TokenField.MAX_TOKENS)
                    .build(),
            row("cohere", "https://api.cohere.com", "COHERE_API_KEY", "CO_API_KEY")
                    .aliases("cohere_chat")
                    .bases("COHERE_API_BASE")
                    .at("cohere", "/v2")
                    .tokens(TokenField.MAX_TOKENS)
                    .build(),
            local("hosted_vllm", null, "HOSTED_VLLM_API_KEY")
                    .aliases("vllm")
                    .bases("HOSTED_VLLM_API_BASE")
                    .build(),
            local("llamacpp", "http://localhost:8080/v1", "LLAMACPP_API_KEY")
                    .aliases("llama_cpp", "llamafile")
                    .bases("LLAMACPP_API_BASE")
                    .tokens(TokenField.MAX_TOKENS)
                    .build(),
            local("lm_studio", "http://localhost:1234/v1", "LM_STUDIO_API_KEY")
                    .aliases("lmstudio")
                    .speaks("openai", "responses")
                    .bases("LM_STUDIO_API_BASE")
                    .tokens(TokenField.MAX_TOKENS)
                    .build(),
            local("ollama", "http://localhost:11434", "OLLAMA_API_KEY")
                    .at("ollama", "")
                    .at("openai", "/v1")
                    .at("responses", "/v1")
                    .at("anthropic", "/v1")
                    .at("ollama-generate", "")
                    .aliases("ollama_chat")
                    .bases("OLLAMA_API_BASE")
                    .tokens(TokenField.MAX_TOKENS)
                    .build(),
            local("openai_like", null, "OPENAI_LIKE_API_KEY")
                    .aliases("custom_openai")
                    .bases("OPENAI_LIKE_API_BASE")
                    .build());

    private static final Map<String, Provider> BY_NAME = byName();

    private Providers() {}

    /** Every row, in the order of the table. */
    public static List<Provider> all() {
        return ALL;
    }

    /** The provider of this name or alias. */
    public static Optional<Provider> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static Map<String, Provider> byName() {
        Map<String, Provider> map = new LinkedHashMap<>();
        for (Provider provider : ALL) {
            map.put(provider.name(), provider);
            provider.aliases().forEach(alias -> map.put(alias, provider));
        }
        return map;
    }

    private static Row row(String name, @Nullable String baseUrl, String... keys) {
        return new Row(name, baseUrl, List.of(keys));
    }

    private static Row aws(String name) {
        return row(name, "https://bedrock-runtime.{aws_region_name}.amazonaws.com", "AWS_BEARER_TOKEN_BEDROCK")
                .bases("AWS_BEDROCK_RUNTIME_ENDPOINT")
                .auth(AuthScheme.AWS)
                .parameter("aws_region_name", "AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION")
                .parameter("aws_access_key_id", "AWS_ACCESS_KEY_ID")
                .parameter("aws_secret_access_key", "AWS_SECRET_ACCESS_KEY")
                .parameter("aws_session_token", "AWS_SESSION_TOKEN")
                .parameter("aws_profile_name", "AWS_PROFILE");
    }

    private static Row local(String name, @Nullable String baseUrl, String... keys) {
        return row(name, baseUrl, keys).quirks(Quirk.NO_KEY_NEEDED);
    }

    /** A row under construction; what is not said is the common case. */
    private static final class Row {
        private final String name;
        private final @Nullable String baseUrl;
        private final List<String> keys;
        private List<String> aliases = List.of();
        private List<String> bases = List.of();
        private AuthScheme auth = AuthScheme.BEARER;
        private TokenField tokens = TokenField.AS_SENT;
        private List<String> dialects = List.of("openai");
        private final Map<String, String> roots = new LinkedHashMap<>();
        private final List<Parameter> parameters = new ArrayList<>();
        private final EnumSet<Quirk> quirks = EnumSet.noneOf(Quirk.class);

        Row(String name, @Nullable String baseUrl, List<String> keys) {
            this.name = name;
            this.baseUrl = baseUrl;
            this.keys = keys;
        }

        Row aliases(String... values) {
            aliases = List.of(values);
            return this;
        }

        Row bases(String... values) {
            bases = List.of(values);
            return this;
        }

        Row auth(AuthScheme value) {
            auth = value;
            return this;
        }

        Row tokens(TokenField value) {
            tokens = value;
            return this;
        }

        Row speaks(String... values) {
            dialects = List.of(values);
            return this;
        }

        /** It speaks this protocol, too, under this path; who speaks one at a path of its own says all of them so. */
        Row at(String dialect, String root) {
            if (roots.isEmpty()) {
                dialects = List.of();
            }
            roots.put(dialect, root);
            dialects = Stream.concat(dialects.stream(), Stream.of(dialect)).toList();
            return this;
        }

        /** A parameter that has no value unless it is said. */
        Row parameter(String key, String... variables) {
            parameters.add(new Parameter(key, List.of(variables), null));
            return this;
        }

        /** A parameter that is this unless it is said. */
        Row parameterOr(String otherwise, String key, String... variables) {
            parameters.add(new Parameter(key, List.of(variables), otherwise));
            return this;
        }

        Row quirks(Quirk... values) {
            quirks.addAll(Arrays.asList(values));
            return this;
        }

        Provider build() {
            return new Provider(
                    name,
                    aliases,
                    baseUrl,
                    keys,
                    bases,
                    auth,
                    tokens,
                    Collections.unmodifiableSet(quirks),
                    dialects,
                    List.copyOf(parameters),
                    Map.copyOf(roots));
        }
    }
}
