package dev.thalweg.core.catalog;

import static dev.thalweg.core.catalog.ProviderRow.plain;
import static dev.thalweg.core.catalog.ProviderRow.row;

import java.util.List;
import java.util.stream.Stream;

/** Rows of those who pass requests on to many others. */
final class Routers {
    static final List<Provider> ALL = Stream.of(
                    row("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY")
                            .speaks("openai", "anthropic"),
                    row(
                                    "vercel_ai_gateway",
                                    "https://ai-gateway.vercel.sh/v1",
                                    "VERCEL_AI_GATEWAY_API_KEY",
                                    "AI_GATEWAY_API_KEY")
                            .aliases("vercel")
                            .speaks("openai", "anthropic"),
                    row("helicone", "https://ai-gateway.helicone.ai/v1", "HELICONE_API_KEY")
                            .listsNoModels(),
                    row("requesty", "https://router.requesty.ai/v1", "REQUESTY_API_KEY"),
                    row("aihubmix", "https://aihubmix.com/v1", "AIHUBMIX_API_KEY"),
                    row("cometapi", "https://api.cometapi.com/v1", "COMETAPI_KEY", "COMETAPI_API_KEY"),
                    row("aiml", "https://api.aimlapi.com/v1", "AIML_API_KEY"),
                    plain("nano-gpt", "https://nano-gpt.com/api/v1", "NANOGPT_API_KEY", "NANO_GPT_API_KEY")
                            .aliases("nanogpt")
                            .bases("NANOGPT_API_BASE"),
                    plain("poe", "https://api.poe.com/v1", "POE_API_KEY"),
                    row("fastrouter", "https://go.fastrouter.ai/api/v1", "FASTROUTER_API_KEY"),
                    row("zenmux", "https://zenmux.ai/api/v1", "ZENMUX_API_KEY"),
                    row("cortecs", "https://api.cortecs.ai/v1", "CORTECS_API_KEY"),
                    row("litellm_proxy", null, "LITELLM_PROXY_API_KEY"))
            .map(ProviderRow::build)
            .toList();

    private Routers() {}
}
