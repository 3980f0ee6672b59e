package dev.thalweg.core.dialect;

import java.util.List;

/** Fields of a request's body that are said to a gateway, in any protocol, and that no provider knows. In LiteLLM's spelling. */
public final class GatewayFields {
    /** The groups that stand in for the model asked for. */
    public static final String FALLBACKS = "fallbacks";

    /** Whether no group may stand in. */
    public static final String DISABLE_FALLBACKS = "disable_fallbacks";

    /** How often a failed attempt may be repeated. */
    public static final String NUM_RETRIES = "num_retries";

    /** What the deployment that serves must be tagged with. */
    public static final String TAGS = "tags";

    /** Where it must be. */
    public static final String REGION = "allowed_model_region";

    /** All of them: they are taken out of what a provider is sent. */
    public static final List<String> NAMES = List.of(FALLBACKS, DISABLE_FALLBACKS, NUM_RETRIES, TAGS, REGION);

    private GatewayFields() {}
}
