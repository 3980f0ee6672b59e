package dev.thalweg.core.upstream;

import dev.thalweg.core.catalog.EditDistance;
import dev.thalweg.core.catalog.ModelOwners;
import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.AuthScheme;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.catalog.Provider.TokenField;
import dev.thalweg.core.catalog.Providers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code model} says: the provider, and the model's name there.
 *
 * @param provider the provider; a placeholder where the reason is set
 * @param model the model's name at the provider
 * @param dialect the only protocol it is to be asked in, as {@code openai/responses/MODEL} says it; null: any it speaks
 * @param notYet why the provider cannot be served, where LiteLLM knows it and Thalweg does not; null: it can
 */
public record ModelRoute(
        Provider provider,
        String model,
        @Nullable String dialect,
        @Nullable String notYet) {
    private static final String RESPONSES = "responses/";
    private static final String CONVERSE = "converse/";
    private static final String INVOKE = "invoke/";

    /** LiteLLM's name of OpenAI's provider for models, and servers, that have only the completions before chat. */
    private static final String TEXT_OPENAI = "text-completion-openai";

    /** Anthropic's models at Google's. */
    private static final Pattern CLAUDE = Pattern.compile("(?i)(?:anthropic/)?(claude.*)");

    /** Models of others that Google serves in their own protocols. */
    private static final Pattern OTHERS_AT_VERTEX =
            Pattern.compile("(?i)(?:mistral|codestral|meta/|llama|deepseek|qwen|openai/|jamba|ai21).*");

    /** Providers of LiteLLM's that speak protocols Thalweg has no row for, or no dialect. */
    private static final Set<String> LITELLM_PROVIDERS = Set.of(
            "aleph_alpha",
            "anyscale",
            "azure_text",
            "gigachat",
            "github_copilot",
            "maritalk",
            "nlp_cloud",
            "oci",
            "palm",
            "petals",
            "predibase",
            "replicate",
            "sagemaker",
            "sagemaker_chat",
            "topaz",
            "triton",
            "watsonx",
            "watsonx_text");

    /** No provider can be read from it; the message says what to write. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /** Reads {@code provider/model}; {@code named} is {@code custom_llm_provider}, which LiteLLM lets win. */
    public static ModelRoute of(String model, @Nullable String named, boolean hasApiBase) throws Unreadable {
        int slash = model.indexOf('/');
        String prefix = slash < 0 ? "" : model.substring(0, slash);
        String rest = model.substring(slash + 1);
        if (named != null) {
            return route(named, prefix.equals(named) ? rest : model, "custom_llm_provider");
        } else if (slash >= 0) {
            return route(prefix, rest, "model");
        } else if (model.contains("*")) {
            throw new Unreadable("'" + KeyText.name(model)
                    + "' names no provider; write one entry for each, as model_name: openai/* with model: openai/*");
        } else if (hasApiBase) {
            return route("openai", model, "model");
        }
        Optional<String> owner = ModelOwners.of(model);
        if (owner.isPresent()) {
            return route(owner.get(), model, "model");
        }
        String near = ModelOwners.near(model);
        throw new Unreadable("'" + KeyText.name(model) + "' has no provider before it"
                + (near == null
                        ? "; write it as provider/" + KeyText.name(model) + ", where the provider is "
                                + Providers.examples()
                        : "; did you mean '" + near + "'?"));
    }

    private static ModelRoute route(String name, String model, String key) throws Unreadable {
        if (model.isBlank()) {
            throw new Unreadable("the name of the model is missing; write it as " + KeyText.name(name) + "/MODEL");
        }
        Optional<Provider> provider = Providers.find(name.equals(TEXT_OPENAI) ? "openai" : name);
        if (name.equals(TEXT_OPENAI)) {
            return new ModelRoute(provider.orElseThrow(), model, "completions", null);
        }
        if (provider.isPresent() && provider.get().name().equals("vertex_ai")) {
            Matcher claude = CLAUDE.matcher(model);
            if (claude.matches()) {
                return new ModelRoute(Providers.find("vertex_anthropic").orElseThrow(), claude.group(1), null, null);
            }
        }
        if (provider.isPresent()
                && provider.get().name().equals("vertex_ai")
                && OTHERS_AT_VERTEX.matcher(model).matches()) {
            String reason = "only Gemini's and Anthropic's models are served on vertex_ai yet";
            return new ModelRoute(provider.get(), model, null, reason);
        }
        if (provider.isPresent() && provider.get().name().equals("bedrock")) {
            return bedrock(provider.get(), model);
        }
        if (provider.isPresent()) {
            boolean responses = model.startsWith(RESPONSES) && provider.get().speaks("responses");
            return responses
                    ? new ModelRoute(provider.get(), model.substring(RESPONSES.length()), "responses", null)
                    : new ModelRoute(provider.get(), model, null, null);
        } else if (LITELLM_PROVIDERS.contains(name)) {
            String reason =
                    "LiteLLM's provider '" + name + "' is not in Thalweg yet; " + Providers.examples() + " is expected";
            return new ModelRoute(placeholder(name), model, null, reason);
        }
        String near = near(name);
        String advice = near != null
                ? "did you mean '" + near + "'?"
                : "expected " + Providers.examples()
                        + "; a server that speaks OpenAI's protocol is openai/MODEL with an api_base";
        throw new Unreadable("unknown provider '" + KeyText.name(name) + "' in " + key + "; " + advice);
    }

    /** LiteLLM's {@code bedrock/converse/MODEL} and {@code bedrock/invoke/MODEL}; without either it is Converse. */
    private static ModelRoute bedrock(Provider converse, String model) {
        if (model.startsWith(INVOKE)) {
            Provider invoke = Providers.find("bedrock_invoke").orElseThrow();
            return new ModelRoute(invoke, model.substring(INVOKE.length()), null, null);
        }
        String own = model.startsWith(CONVERSE) ? model.substring(CONVERSE.length()) : model;
        return new ModelRoute(converse, own, null, null);
    }

    /** A row for what is in no table, so that nothing about a deployment is null. */
    public static Provider placeholder(String name) {
        return new Provider(
                name,
                List.of(),
                null,
                List.of(),
                List.of(),
                AuthScheme.BEARER,
                TokenField.AS_SENT,
                Set.of(Quirk.NO_KEY_NEEDED),
                List.of("openai"),
                List.of(),
                Map.of(),
                null);
    }

    private static @Nullable String near(String name) {
        List<String> known = new ArrayList<>(LITELLM_PROVIDERS);
        known.add(TEXT_OPENAI);
        Providers.all().forEach(provider -> {
            known.add(provider.name());
            known.addAll(provider.aliases());
        });
        return EditDistance.nearest(name, known);
    }
}
