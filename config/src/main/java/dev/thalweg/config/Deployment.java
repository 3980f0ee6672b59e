package dev.thalweg.config;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.route.Candidate;
import dev.thalweg.core.upstream.Secret;
import dev.thalweg.core.upstream.Upstream;
import dev.thalweg.model.Prices;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
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
 * @param upstream who is asked, and how; without a host for {@link Kind#DEMO} and where disabled for it
 * @param timeouts the clocks
 * @param requestDefaults JSON text by name, for requests that do not set the parameter
 * @param mockResponse JSON text of what is answered instead of asking the provider; null: the provider is asked
 * @param mockDelay before a mock answers
 * @param pricing where its prices come from
 * @param disabled why it cannot be served, in a sentence; null: it can
 */
public record Deployment(
        Candidate candidate,
        String modelName,
        Kind kind,
        Upstream upstream,
        Timeouts timeouts,
        Map<String, String> requestDefaults,
        @Nullable String mockResponse,
        Duration mockDelay,
        Pricing pricing,
        @Nullable String disabled) {

    /** Who answers. */
    public enum Kind {
        /** The provider, over the network. */
        PROVIDER,
        /** The demo model inside this process. */
        DEMO
    }

    /** Copies the map, keeping its order. */
    public Deployment {
        requestDefaults = Collections.unmodifiableMap(new LinkedHashMap<>(requestDefaults));
    }

    /** How its provider wants to be asked. */
    public Provider provider() {
        return upstream.provider();
    }

    /** The model's name at the provider; {@code *} for what the caller's name has there. */
    public String upstreamModel() {
        return upstream.model();
    }

    /** What a protocol's path is appended to. */
    public URI apiBase() {
        return upstream.base();
    }

    /** What is sent to the provider; null: nothing. */
    public @Nullable Secret apiKey() {
        return upstream.apiKey();
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
                upstream,
                timeouts,
                requestDefaults,
                mockResponse,
                mockDelay,
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
        return pricing.of(provider().name(), model, kind == Kind.PROVIDER && mockResponse == null);
    }

    /** Whether a caller who asks for this name may be served by this deployment. */
    public boolean answersTo(String model) {
        return Wildcard.matches(modelName, model);
    }

    /** Names only: values of headers and defaults may be secrets. */
    @Override
    public String toString() {
        return "Deployment[" + id() + ": " + modelName + " -> " + upstream + (disabled == null ? "]" : ", disabled]");
    }
}
