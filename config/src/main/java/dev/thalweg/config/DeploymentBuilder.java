package dev.thalweg.config;

import dev.thalweg.config.Deployment.Kind;
import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.upstream.AzureApi;
import dev.thalweg.core.upstream.ModelRoute;
import dev.thalweg.core.upstream.Secret;
import dev.thalweg.core.upstream.Upstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A deployment while it is read. What is not set is the default. Not thread-safe. */
final class DeploymentBuilder {
    /** The model that needs no provider. */
    static final String DEMO_MODEL = "thalweg/demo";

    private static final URI NOWHERE = URI.create("thalweg:demo");

    final String modelName;
    final int position;
    final Map<String, String> extraHeaders = new LinkedHashMap<>();
    final Map<String, Secret> options = new LinkedHashMap<>();
    final Map<String, String> requestDefaults = new LinkedHashMap<>();
    TimeoutOptions timeouts = TimeoutOptions.DEFAULTS;
    Duration mockDelay = Duration.ZERO;
    final CandidateBuilder candidate = new CandidateBuilder();

    List<String> dialects = List.of();
    PriceEntry prices = PriceEntry.NONE;
    Map<String, PriceEntry> filePrices = Map.of();

    @Nullable
    String id;

    @Nullable
    Secret apiKey;

    @Nullable
    String apiVersion;

    @Nullable
    String organization;

    @Nullable
    String mockResponse;

    @Nullable
    String disabled;

    DeploymentBuilder(String modelName, int position) {
        this.modelName = modelName;
        this.position = position;
    }

    /** The first reason is the one that is told. */
    void disable(String reason) {
        if (disabled == null) {
            disabled = reason;
        }
    }

    Deployment demo() {
        dialects = List.of("openai");
        return build(Kind.DEMO, ModelRoute.placeholder("thalweg"), "demo", NOWHERE);
    }

    Deployment provider(Provider provider, String upstreamModel, @Nullable URI apiBase) {
        URI base = apiBase == null ? NOWHERE : apiBase;
        if (mockResponse != null) {
            // A mock answers in OpenAI's protocol, whoever it stands for.
            dialects = List.of("openai");
        } else if (dialects.isEmpty()) {
            dialects = AzureApi.dialects(provider, base, apiVersion);
        }
        return build(Kind.PROVIDER, provider, upstreamModel, base);
    }

    private Deployment build(Kind kind, Provider provider, String upstreamModel, URI apiBase) {
        String identity = String.join("\n", modelName, provider.name() + "/" + upstreamModel, apiBase.toString());
        return new Deployment(
                candidate.build(id == null ? hash(identity + "\n" + position) : id),
                modelName,
                kind,
                new Upstream(
                        provider,
                        upstreamModel,
                        apiBase,
                        apiKey,
                        apiVersion,
                        organization,
                        options,
                        extraHeaders,
                        dialects.isEmpty() ? List.of("openai") : dialects),
                timeouts.resolve(),
                requestDefaults,
                mockResponse,
                mockDelay,
                new Pricing(prices, filePrices),
                disabled);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
