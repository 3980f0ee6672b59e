package dev.thalweg.opentelemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import java.util.Map;

/**
 * Names of OpenTelemetry's conventions for generative AI, as of semantic conventions 1.41, and our own where they have none.
 * They are in development there and come in no stable artifact, so they stand here.
 */
final class GenAi {
    static final String CHAT = "chat";

    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> OUTPUT_TYPE = AttributeKey.stringKey("gen_ai.output.type");

    static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<Boolean> REQUEST_STREAM = AttributeKey.booleanKey("gen_ai.request.stream");
    static final AttributeKey<Double> TEMPERATURE = AttributeKey.doubleKey("gen_ai.request.temperature");
    static final AttributeKey<Double> TOP_P = AttributeKey.doubleKey("gen_ai.request.top_p");
    static final AttributeKey<Long> TOP_K = AttributeKey.longKey("gen_ai.request.top_k");
    static final AttributeKey<Long> MAX_TOKENS = AttributeKey.longKey("gen_ai.request.max_tokens");
    static final AttributeKey<Double> FREQUENCY_PENALTY = AttributeKey.doubleKey("gen_ai.request.frequency_penalty");
    static final AttributeKey<Double> PRESENCE_PENALTY = AttributeKey.doubleKey("gen_ai.request.presence_penalty");
    static final AttributeKey<Long> CHOICE_COUNT = AttributeKey.longKey("gen_ai.request.choice.count");
    static final AttributeKey<Long> SEED = AttributeKey.longKey("gen_ai.request.seed");
    static final AttributeKey<List<String>> STOP = AttributeKey.stringArrayKey("gen_ai.request.stop_sequences");

    static final AttributeKey<String> RESPONSE_ID = AttributeKey.stringKey("gen_ai.response.id");
    static final AttributeKey<String> RESPONSE_MODEL = AttributeKey.stringKey("gen_ai.response.model");
    static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    static final AttributeKey<Double> TIME_TO_FIRST_CHUNK =
            AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");

    static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> OUTPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<Long> CACHE_READ_TOKENS = AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
    static final AttributeKey<Long> CACHE_WRITE_TOKENS =
            AttributeKey.longKey("gen_ai.usage.cache_creation.input_tokens");
    static final AttributeKey<Long> REASONING_TOKENS = AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens");
    static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");

    static final AttributeKey<String> INPUT_MESSAGES = AttributeKey.stringKey("gen_ai.input.messages");
    static final AttributeKey<String> OUTPUT_MESSAGES = AttributeKey.stringKey("gen_ai.output.messages");

    static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    // Ours.

    static final String ATTEMPT_FAILED = "thalweg.attempt.failed";
    static final AttributeKey<String> ATTEMPT_DEPLOYMENT = AttributeKey.stringKey("thalweg.attempt.deployment");
    static final AttributeKey<Double> ATTEMPT_DURATION = AttributeKey.doubleKey("thalweg.attempt.duration");
    static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("thalweg.attempts");
    static final AttributeKey<String> CALL_ID = AttributeKey.stringKey("thalweg.call.id");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("thalweg.outcome");
    static final AttributeKey<String> ERROR_CODE = AttributeKey.stringKey("thalweg.error.code");
    static final AttributeKey<Boolean> USAGE_ESTIMATED = AttributeKey.booleanKey("thalweg.usage.estimated");
    static final AttributeKey<Double> COST_USD = AttributeKey.doubleKey("thalweg.cost.usd");

    private static final Map<String, String> PROVIDERS = Map.ofEntries(
            Map.entry("azure", "azure.ai.openai"),
            Map.entry("azure_ai", "azure.ai.inference"),
            Map.entry("bedrock", "aws.bedrock"),
            Map.entry("cohere_chat", "cohere"),
            Map.entry("gemini", "gcp.gemini"),
            Map.entry("mistral", "mistral_ai"),
            Map.entry("moonshot", "moonshot_ai"),
            Map.entry("vertex_ai", "gcp.vertex_ai"),
            Map.entry("watsonx", "ibm.watsonx.ai"),
            Map.entry("xai", "x_ai"));

    private GenAi() {}

    /** The conventions' word for a provider, or its own name where they have none. */
    static String provider(String name) {
        return PROVIDERS.getOrDefault(name, name);
    }
}
