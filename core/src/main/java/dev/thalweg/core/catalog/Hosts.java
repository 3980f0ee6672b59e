package dev.thalweg.core.catalog;

import static dev.thalweg.core.catalog.ProviderRow.plain;
import static dev.thalweg.core.catalog.ProviderRow.row;

import dev.thalweg.core.catalog.Provider.Quirk;
import java.util.List;
import java.util.stream.Stream;

/** Rows of those who serve models that others have made and given away. */
final class Hosts {
    static final List<Provider> ALL = Stream.of(
                    row("jina_ai", "https://api.jina.ai/v1", "JINA_AI_API_KEY", "JINA_API_KEY")
                            .quirks(Quirk.RERANKS)
                            .listsNoModels(),
                    row("voyage", "https://api.voyageai.com/v1", "VOYAGE_API_KEY")
                            .quirks(Quirk.RERANKS)
                            .listsNoModels(),
                    row("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY"),
                    plain("together_ai", "https://api.together.xyz/v1", "TOGETHERAI_API_KEY", "TOGETHER_API_KEY")
                            .aliases("together")
                            .quirks(Quirk.RERANKS)
                            .bases("TOGETHER_AI_API_BASE"),
                    plain(
                                    "fireworks_ai",
                                    "https://api.fireworks.ai/inference/v1",
                                    "FIREWORKS_AI_API_KEY",
                                    "FIREWORKS_API_KEY")
                            .aliases("fireworks")
                            .bases("FIREWORKS_API_BASE"),
                    row("cerebras", "https://api.cerebras.ai/v1", "CEREBRAS_API_KEY"),
                    plain("sambanova", "https://api.sambanova.ai/v1", "SAMBANOVA_API_KEY"),
                    plain("nvidia_nim", "https://integrate.api.nvidia.com/v1", "NVIDIA_NIM_API_KEY", "NVIDIA_API_KEY")
                            .aliases("nvidia"),
                    plain("deepinfra", "https://api.deepinfra.com/v1/openai", "DEEPINFRA_API_KEY"),
                    plain("novita", "https://api.novita.ai/openai/v1", "NOVITA_API_KEY"),
                    plain("nebius", "https://api.tokenfactory.nebius.com/v1", "NEBIUS_API_KEY"),
                    plain("hyperbolic", "https://api.hyperbolic.xyz/v1", "HYPERBOLIC_API_KEY"),
                    plain("lambda_ai", "https://api.lambda.ai/v1", "LAMBDA_API_KEY")
                            .bases("LAMBDA_API_BASE"),
                    plain("featherless_ai", "https://api.featherless.ai/v1", "FEATHERLESS_API_KEY")
                            .bases("FEATHERLESS_API_BASE"),
                    plain("friendliai", "https://api.friendli.ai/serverless/v1", "FRIENDLIAI_API_KEY", "FRIENDLI_TOKEN")
                            .aliases("friendli")
                            .bases("FRIENDLI_API_BASE"),
                    plain("baseten", "https://inference.baseten.co/v1", "BASETEN_API_KEY"),
                    plain("inference_net", "https://api.inference.net/v1", "INFERENCE_API_KEY"),
                    plain("parasail", "https://api.parasail.io/v1", "PARASAIL_API_KEY"),
                    plain("chutes", "https://llm.chutes.ai/v1", "CHUTES_API_KEY"),
                    plain("huggingface", "https://router.huggingface.co/v1", "HF_TOKEN", "HUGGINGFACE_API_KEY"),
                    plain("siliconflow", "https://api.siliconflow.com/v1", "SILICONFLOW_API_KEY"),
                    plain("modelscope", "https://api-inference.modelscope.cn/v1", "MODELSCOPE_API_KEY"),
                    plain("galadriel", "https://api.galadriel.com/v1", "GALADRIEL_API_KEY"),
                    plain("nscale", "https://inference.api.nscale.com/v1", "NSCALE_API_KEY"),
                    plain("crusoe", "https://managed-inference-api-proxy.crusoecloud.com/v1", "CRUSOE_API_KEY"),
                    plain("gmi", "https://api.gmi-serving.com/v1", "GMI_API_KEY", "GMICLOUD_API_KEY"),
                    plain("wandb", "https://api.inference.wandb.ai/v1", "WANDB_API_KEY"),
                    plain("clarifai", "https://api.clarifai.com/v2/ext/openai/v1", "CLARIFAI_API_KEY", "CLARIFAI_PAT"),
                    plain("bytez", "https://api.bytez.com/models/v2/openai/v1", "BYTEZ_API_KEY")
                            .listsNoModels(),
                    plain("synthetic", "https://api.synthetic.new/openai/v1", "SYNTHETIC_API_KEY"),
                    plain("publicai", "https://api.publicai.co/v1", "PUBLICAI_API_KEY"),
                    plain("io_net", "https://api.intelligence.io.solutions/api/v1", "IOINTELLIGENCE_API_KEY"),
                    plain("tinfoil", "https://inference.tinfoil.sh/v1", "TINFOIL_API_KEY"),
                    plain("veniceai", "https://api.venice.ai/api/v1", "VENICE_AI_API_KEY", "VENICE_API_KEY")
                            .aliases("venice"),
                    plain("scaleway", "https://api.scaleway.ai/v1", "SCW_SECRET_KEY"),
                    plain("ovhcloud", "https://oai.endpoints.kepler.ai.cloud.ovh.net/v1", "OVHCLOUD_API_KEY"),
                    plain("ionos", "https://openai.inference.de-txl.ionos.com/v1", "IONOS_API_KEY"),
                    plain(
                            "stackit",
                            "https://api.openai-compat.model-serving.eu01.onstackit.cloud/v1",
                            "STACKIT_API_KEY"),
                    plain("berget", "https://api.berget.ai/v1", "BERGET_API_KEY"),
                    plain("regolo", "https://api.regolo.ai/v1", "REGOLO_API_KEY"),
                    plain("digitalocean", "https://inference.do-ai.run/v1", "GRADIENT_MODEL_ACCESS_KEY"),
                    plain("vultr", "https://api.vultrinference.com/v1", "VULTR_INFERENCE_API_KEY"))
            .map(ProviderRow::build)
            .toList();

    private Hosts() {}
}
