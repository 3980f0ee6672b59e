package dev.thalweg.core.upstream;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.AuthScheme;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.bedrock.ModelId;
import dev.thalweg.core.sign.AwsKey;
import dev.thalweg.core.sign.AwsSignature;
import dev.thalweg.core.wire.Framing;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider's account, and what of it is asked: everything that a request's path, headers and signature are made of.
 * Immutable.
 *
 * @param provider how it wants to be asked
 * @param model the model's name there; a {@code *} stands for what the caller says
 * @param base what a protocol's path is appended to; for Azure what {@code /openai} is appended to, unless it ends in {@code
 *     /openai/v1}
 * @param apiKey what is sent to prove who asks; null: nothing, or a signature
 * @param apiVersion Azure's {@code api-version}; null elsewhere, unless configured
 * @param organization the value of {@code OpenAI-Organization}; null: not sent
 * @param options the account's parameters by their keys: a region, a project, credentials of more than one part
 * @param headers further headers of each request
 * @param dialects the protocols it is asked in, the preferred one first
 */
public record Upstream(
        Provider provider,
        String model,
        URI base,
        @Nullable Secret apiKey,
        @Nullable String apiVersion,
        @Nullable String organization,
        Map<String, Secret> options,
        Map<String, String> headers,
        List<String> dialects) {
    private static final String ANTHROPIC_VERSION = "2023-06-01";
    private static final String AWS_SERVICE = "bedrock";
    private static final String FRAMES = "application/vnd.amazon.eventstream, application/json";
    private static final String ANSWERS = "text/event-stream, application/json";

    /** Copies the collections, keeping their order. */
    public Upstream {
        options = Map.copyOf(options);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        dialects = List.copyOf(dialects);
    }

    /** The protocol it is asked in by callers of this one: the same where it speaks it. */
    public String dialect(String callers) {
        return dialects.contains(callers) ? callers : dialects.get(0);
    }

    /** The host of others that it asks Anthropic's models at; null: Anthropic's protocol as it is, or another. */
    public @Nullable AnthropicHost anthropicHost() {
        if (provider.has(Quirk.BEDROCK_INVOKE)) {
            return AnthropicHost.BEDROCK;
        }
        return provider.has(Quirk.VERTEX_RAW_PREDICT) ? AnthropicHost.VERTEX : null;
    }

    /** How the events of its streams in this protocol are framed. */
    public Framing framing(Dialect dialect) {
        return anthropicHost() == AnthropicHost.BEDROCK ? Framing.AWS_CHUNKS : dialect.framing();
    }

    /** The headers of every request but for its length and what is {@linkplain #signature() signed}, in lower case. */
    public Map<String, String> requestHeaders() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("content-type", "application/json");
        all.put("accept", provider.auth() == AuthScheme.AWS ? FRAMES : ANSWERS);
        if (organization != null) {
            all.put("openai-organization", organization);
        }
        if (apiKey != null) {
            String key = apiKey.reveal();
            switch (provider.auth()) {
                case API_KEY_HEADER -> all.put("api-key", key);
                case X_API_KEY_HEADER -> all.put("x-api-key", key);
                case X_GOOG_API_KEY_HEADER -> all.put("x-goog-api-key", key);
                case BEARER, AWS -> all.put("authorization", "Bearer " + key);
            }
        }
        if (dialects.contains("anthropic") && anthropicHost() == null) {
            all.put("anthropic-version", ANTHROPIC_VERSION);
        }
        headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
        return all;
    }

    /** The path, with its query, at which this model is asked in this protocol. */
    public String path(Dialect dialect, String asked, boolean stream) {
        String path = basePath();
        AnthropicHost host = anthropicHost();
        if (host == AnthropicHost.BEDROCK) {
            return path + ModelId.path(asked) + (stream ? "/invoke-with-response-stream" : "/invoke");
        } else if (host == AnthropicHost.VERTEX) {
            return path + "/models/" + encode(asked).replace("%40", "@")
                    + (stream ? ":streamRawPredict" : ":rawPredict");
        }
        String own = dialect.path(asked, stream);
        if (!pathNamesModel()) {
            return path + provider.root(dialect.name()) + own;
        }
        if (dialect.name().equals("responses")) {
            // Versions that are no dates, "preview" for example, are the newer API's. The model is in the body.
            boolean dated = String.valueOf(apiVersion).startsWith("20");
            return path + (dated ? "/openai" : "/openai/v1") + own + version();
        }
        return path(dialect.name(), own, asked);
    }

    /** Where it is asked for something in this protocol that is no chat and that has this path below its root. */
    public String path(String dialect, String own, String asked) {
        return pathNamesModel()
                ? basePath() + "/openai/deployments/" + encode(asked) + own + version()
                : basePath() + provider.root(dialect) + own;
    }

    private String basePath() {
        String path = base.getRawPath();
        return path == null ? "" : path;
    }

    private boolean pathNamesModel() {
        return provider.has(Quirk.AZURE_PATHS) && !basePath().endsWith("/openai/v1");
    }

    private String version() {
        return "?api-version=" + encode(String.valueOf(apiVersion));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** AWS's signature over each request; null where none is asked for: it has a key, or is another provider. */
    public @Nullable AwsSignature signature() {
        Secret id = options.get(AwsAccount.ID);
        Secret secret = options.get(AwsAccount.SECRET);
        Secret region = options.get(AwsAccount.REGION);
        boolean signs = provider.auth() == AuthScheme.AWS && apiKey == null;
        if (!signs || id == null || secret == null || region == null) {
            return null;
        }
        Secret token = options.get(AwsAccount.TOKEN);
        AwsKey key = new AwsKey(id.reveal(), secret.reveal(), token == null ? null : token.reveal());
        return new AwsSignature(key, region.reveal(), AWS_SERVICE);
    }

    /** The account of Google's that tokens are got with; null where it has a key or needs none. */
    public @Nullable GoogleAccount googleAccount() {
        Secret json = options.get(Provider.GOOGLE_CREDENTIALS);
        return json == null || apiKey != null ? null : GoogleAccount.of(json);
    }

    /** Names only: values of headers and options may be secrets. */
    @Override
    public String toString() {
        return provider.name() + "/" + model;
    }
}
