package dev.thalweg.config;

import dev.thalweg.core.catalog.Provider.Parameter;
import dev.thalweg.core.catalog.Providers;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of {@code litellm_params} that are options of a deployment; any other becomes a default of its requests. */
final class DeploymentKeys {
    static final String MODEL = "model";
    static final String PROVIDER = "custom_llm_provider";
    static final String API_KEY = "api_key";
    static final String API_BASE = "api_base";
    static final String BASE_URL = "base_url";
    static final String AWS_ENDPOINT = "aws_bedrock_runtime_endpoint";
    static final String API_VERSION = "api_version";
    static final String DIALECTS = "dialects";
    static final String ORGANIZATION = "organization";
    static final String EXTRA_HEADERS = "extra_headers";
    static final String EXTRA_BODY = "extra_body";
    static final String MOCK_RESPONSE = "mock_response";
    static final String MOCK_DELAY = "mock_delay";

    private static final Set<String> OWN = Set.of(
            MODEL,
            PROVIDER,
            API_KEY,
            API_BASE,
            BASE_URL,
            AWS_ENDPOINT,
            API_VERSION,
            DIALECTS,
            ORGANIZATION,
            EXTRA_HEADERS,
            EXTRA_BODY,
            MOCK_RESPONSE,
            MOCK_DELAY);

    /** The parameters of providers. */
    static final Set<String> OPTIONS = Providers.all().stream()
            .flatMap(provider -> provider.parameters().stream())
            .map(Parameter::key)
            .collect(Collectors.toUnmodifiableSet());

    static final Set<String> ALL = Stream.of(
                    OWN,
                    OPTIONS,
                    CandidateReader.PARAMS,
                    TimeoutOptions.KEYS,
                    PriceKey.BASES.keySet(),
                    Set.of(PricesReader.BASE_MODEL))
            .flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableSet());

    private DeploymentKeys() {}
}
