package dev.thalweg.core.catalog;

import static dev.thalweg.core.catalog.ProviderRow.local;

import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.catalog.Provider.TokenField;
import java.util.List;
import java.util.stream.Stream;

/** Rows of servers on machines of one's own: no key is needed, and the base URL is where they listen unless told otherwise. */
final class LocalServers {
    static final List<Provider> ALL = Stream.of(
                    local("ollama", "http://localhost:11434", "OLLAMA_API_KEY")
                            .at("ollama", "")
                            .at("openai", "/v1")
                            .at("responses", "/v1")
                            .at("anthropic", "/v1")
                            .at("ollama-generate", "")
                            .aliases("ollama_chat")
                            .tokens(TokenField.MAX_TOKENS),
                    local("lm_studio", "http://localhost:1234/v1", "LM_STUDIO_API_KEY")
                            .aliases("lmstudio")
                            .speaks("openai", "responses")
                            .tokens(TokenField.MAX_TOKENS),
                    local("hosted_vllm", null, "HOSTED_VLLM_API_KEY")
                            .aliases("vllm")
                            .quirks(Quirk.RERANKS),
                    local("llamacpp", "http://localhost:8080/v1", "LLAMACPP_API_KEY")
                            .aliases("llama_cpp", "llamafile")
                            .quirks(Quirk.RERANKS)
                            .bases("LLAMACPP_API_BASE", "LLAMAFILE_API_BASE")
                            .tokens(TokenField.MAX_TOKENS),
                    local("localai", "http://localhost:8080/v1", "LOCALAI_API_KEY")
                            .tokens(TokenField.MAX_TOKENS),
                    local("jan", "http://localhost:1337/v1", "JAN_API_KEY").tokens(TokenField.MAX_TOKENS),
                    local("docker_model_runner", "http://localhost:12434/engines/v1", "DOCKER_MODEL_RUNNER_API_KEY")
                            .tokens(TokenField.MAX_TOKENS),
                    local("sglang", "http://localhost:30000/v1", "SGLANG_API_KEY"),
                    local("xinference", "http://localhost:9997/v1", "XINFERENCE_API_KEY")
                            .tokens(TokenField.MAX_TOKENS),
                    local("tgi", null, "TGI_API_KEY").tokens(TokenField.MAX_TOKENS),
                    local("openai_like", null, "OPENAI_LIKE_API_KEY").aliases("custom_openai"))
            .map(ProviderRow::build)
            .toList();

    private LocalServers() {}
}
