package dev.thalweg.core.catalog;

import static dev.thalweg.core.catalog.ProviderRow.plain;
import static dev.thalweg.core.catalog.ProviderRow.row;

import dev.thalweg.core.catalog.Provider.AuthScheme;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.catalog.Provider.TokenField;
import java.util.List;
import java.util.stream.Stream;

/** Rows of those who serve the models they make: a bare name of a model means one of these. */
final class Makers {
    static final List<Provider> ALL = Stream.of(
                    row("openai", "https://api.openai.com/v1", "OPENAI_API_KEY")
                            .bases("OPENAI_BASE_URL", "OPENAI_API_BASE")
                            .tokens(TokenField.MAX_COMPLETION_TOKENS_FOR_REASONING)
                            .speaks("openai", "responses"),
                    row("anthropic", "https://api.anthropic.com/v1", "ANTHROPIC_API_KEY")
                            .bases("ANTHROPIC_BASE_URL", "ANTHROPIC_API_BASE")
                            .auth(AuthScheme.X_API_KEY_HEADER)
                            .tokens(TokenField.MAX_TOKENS)
                            .speaks("anthropic"),
                    plain(
                                    "gemini",
                                    "https://generativelanguage.googleapis.com/v1beta",
                                    "GEMINI_API_KEY",
                                    "GOOGLE_API_KEY")
                            .bases("GEMINI_API_BASE", "GOOGLE_GEMINI_BASE_URL")
                            .auth(AuthScheme.X_GOOG_API_KEY_HEADER)
                            .speaks("gemini")
                            .listsNoModels(),
                    plain("cohere", "https://api.cohere.com", "COHERE_API_KEY", "CO_API_KEY")
                            .aliases("cohere_chat")
                            .at("cohere", "/v2")
                            .quirks(Quirk.RERANKS)
                            .listsNoModels(),
                    plain("mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY")
                            .quirks(Quirk.NO_STREAM_OPTIONS),
                    plain("codestral", "https://codestral.mistral.ai/v1", "CODESTRAL_API_KEY")
                            .quirks(Quirk.NO_STREAM_OPTIONS)
                            .listsNoModels(),
                    plain("deepseek", "https://api.deepseek.com", "DEEPSEEK_API_KEY")
                            .at("openai", "/v1")
                            .at("anthropic", "/anthropic/v1"),
                    row("xai", "https://api.x.ai/v1", "XAI_API_KEY").speaks("openai", "responses"),
                    plain("perplexity", "https://api.perplexity.ai", "PERPLEXITYAI_API_KEY", "PERPLEXITY_API_KEY")
                            .quirks(Quirk.NO_STREAM_OPTIONS)
                            .listsNoModels(),
                    plain("moonshot", "https://api.moonshot.ai", "MOONSHOT_API_KEY")
                            .aliases("moonshotai")
                            .at("openai", "/v1")
                            .at("anthropic", "/anthropic/v1"),
                    plain("zai", "https://api.z.ai/api", "ZAI_API_KEY")
                            .at("openai", "/paas/v4")
                            .at("anthropic", "/anthropic/v1"),
                    plain("zhipuai", "https://open.bigmodel.cn/api/paas/v4", "ZHIPUAI_API_KEY", "ZHIPU_API_KEY"),
                    plain("minimax", "https://api.minimax.io", "MINIMAX_API_KEY")
                            .at("openai", "/v1")
                            .at("anthropic", "/anthropic/v1")
                            .listsNoModels(),
                    plain("dashscope", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "DASHSCOPE_API_KEY")
                            .aliases("alibaba"),
                    plain("volcengine", "https://ark.cn-beijing.volces.com/api/v3", "VOLCENGINE_API_KEY", "ARK_API_KEY")
                            .listsNoModels(),
                    plain("hunyuan", "https://api.hunyuan.cloud.tencent.com/v1", "HUNYUAN_API_KEY"),
                    plain("qianfan", "https://qianfan.baidubce.com/v2", "QIANFAN_API_KEY"),
                    plain("stepfun", "https://api.stepfun.com/v1", "STEPFUN_API_KEY", "STEP_API_KEY"),
                    plain("baichuan", "https://api.baichuan-ai.com/v1", "BAICHUAN_API_KEY")
                            .listsNoModels(),
                    plain("xiaomi_mimo", "https://api.xiaomimimo.com/v1", "XIAOMI_MIMO_API_KEY", "XIAOMI_API_KEY")
                            .aliases("xiaomi"),
                    plain("ai21", "https://api.ai21.com/studio/v1", "AI21_API_KEY")
                            .aliases("ai21_chat")
                            .quirks(Quirk.NO_STREAM_OPTIONS)
                            .listsNoModels(),
                    row("meta_llama", "https://api.llama.com/compat/v1", "LLAMA_API_KEY")
                            .bases("LLAMA_API_BASE"),
                    plain("amazon_nova", "https://api.nova.amazon.com/v1", "AMAZON_NOVA_API_KEY", "NOVA_API_KEY"),
                    plain("upstage", "https://api.upstage.ai/v1", "UPSTAGE_API_KEY"),
                    plain("reka", "https://api.reka.ai/v1", "REKA_API_KEY"),
                    plain("sarvam", "https://api.sarvam.ai/v1", "SARVAM_API_KEY")
                            .listsNoModels(),
                    plain("inception", "https://api.inceptionlabs.ai/v1", "INCEPTION_API_KEY"),
                    plain("arcee", "https://api.arcee.ai/api/v1", "ARCEE_API_KEY"),
                    plain("poolside", "https://inference.poolside.ai/v1", "POOLSIDE_API_KEY"),
                    plain("morph", "https://api.morphllm.com/v1", "MORPH_API_KEY"),
                    row("v0", "https://api.v0.dev/v1", "V0_API_KEY").listsNoModels())
            .map(ProviderRow::build)
            .toList();

    private Makers() {}
}
