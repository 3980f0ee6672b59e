package dev.thalweg.config;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.route.Candidate;
import dev.thalweg.model.Prices;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code model_list}: one way to serve a model. Entries with the same {@link #modelName()} stand in for each
 * other. Immutable.
 *
 * @param candidate what routing knows of it; its id is {@code model_info.id}, else a short hash that stays the same while
 *     the entry does
 * @param modelName what callers ask for; {@code *} stands for any text
 * @param kind who answers
 * @param provider how the upstream wants to be asked; a placeholder for {@link Kind#DEMO} and where disabled for it
 * @param upstreamModel the model's name at the provider; {@code *} for what the caller's name has there
 * @param apiBase what {@code /chat/completions} is appended to; for Azure what {@code /openai} is appended to, unless it
 *     ends in {@code /openai/v1}; a placeholder that has no host for {@link Kind#DEMO} and where disabled for it
 * @param apiKey what is sent to the provider; null: nothing
 * @param apiVersion Azure's {@code api-version}; null elsewhere, unless configured
 * @param organization the value of {@code OpenAI-Organization}; null: not sent
 * @param options the provider's parameters by their keys: a region, a project, credentials of more than one part
 * @param extraHeaders further headers of each request, as configured by the operator
 * @param timeouts the clocks
 * @param requestDefaults JSON text by name, for requests that do not set the parameter
 * @param mockResponse JSON text of what is answered instead of asking the provider; null: the provider is asked
 * @param mockDelay before a mock answers
 * @param dialects the protocols it is asked in, the preferred one first
 * @param pricing where its prices come from
 * @param disabled why it cannot be served, in a sentence; null: it can
 */
public record Deployment(
        Candidate candidate,
        String modelName,
        Kind kind,
        Provider provider,
        String upstreamModel,
        URI apiBase,
        @Nullable Secret apiKey,
        @Nullable String apiVersion,
        @Nullable String organization,
        Map<String, Secret> options,
        Map<String, String> extraHeaders,
        Timeouts timeouts,
        Map<String, String> requestDefaults,
        @Nullable String mockResponse,
        Duration mockDelay,
        List<String> dialects,
        Pricing pricing,
        @Nullable String disabled) {

    /** Who answers. */
    public enum Kind {
        /** The provider, over the network. */
        PROVIDER,
        /** The demo model inside this process. */
        DEMO
    }

    /** Copies the maps, keeping their order. */
    public Deployment {
        options = Map.copyOf(options);
        extraHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(extraHeaders));
        dialects = List.copyOf(dialects);
        requestDefaults = Collections.unmodifiableMap(new LinkedHashMap<>(requestDefaults));
    }

    /** The protocol it is asked in by callers of this one: the same where it speaks it. */
    public String dialect(String callers) {
        return dialects.contains(callers) ? callers : dialects.get(0);
    }

    /** Its name in logs, headers and records. */
    public String id() {
        return candidate.id();
    }

    /** Further attempts after a failed one; null: as in {@link Settings#numRetries()}. */
    public @Nullable Integer numRetries() {
        return candidate.retries();
    }

    /** The same with another candidate. */
    Deployment with(Candidate other) {
        return new Deployment(
                other,
                modelName,
                kind,
                provider,
                upstreamModel,
                apiBase,
                apiKey,
                apiVersion,
                organization,
                options,
                extraHeaders,
                timeouts,
                requestDefaults,
                mockResponse,
                mockDelay,
                dialects,
                pricing,
                disabled);
    }

    /**
     * What a model is sold for here. The catalogue does not count where no provider is asked: what costs nobody anything has
     * only the price that it is given.
     *
     * @param model its name at the provider
     */
    public Prices prices(String model) {
        return pricing.of(provider.name(), model, kind == Kind.PROVIDER && mockResponse == null);
    }

    /** Whether a caller who asks for this name may be served by this deployment. */
    public boolean answersTo(String model) {
        return Wildcard.matches(modelName, model);
    }

    /** Names only: values of headers and defaults may be secrets. */
    @Override
    public String toString() {
        return "Deployment[" + id() + ": " + modelName + " -> " + provider.name() + "/" + upstreamModel
                + (disabled == null ? "]" : ", disabled]");
    }
}
