package dev.thalweg.gateway.chat;

import static java.util.Objects.requireNonNull;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.route.Candidate;
import dev.thalweg.core.upstream.AnthropicHost;
import dev.thalweg.core.upstream.Upstream;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.gateway.upstream.Address;
import dev.thalweg.model.PricePart;
import dev.thalweg.model.Prices;
import dev.thalweg.model.Rates;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A deployment made ready for requests: address, path, headers, clocks and retries are decided once. Immutable. */
public final class Target {
    /** Names that callers make up are looked up again and again rather than kept without end. */
    private static final int MOST_PRICES = 1_000;

    private final Deployment deployment;
    private final Address address;
    private final HttpHeaders headers;
    private final Limits streamLimits;
    private final Limits unaryLimits;
    private final @Nullable Credentials credentials;
    private final @Nullable String onlyModel;
    private final Map<Front, Front> fronts = new EnumMap<>(Front.class);
    private final Map<Front, String> onlyStreamPaths = new EnumMap<>(Front.class);
    private final Map<Front, String> onlyUnaryPaths = new EnumMap<>(Front.class);
    private final Map<String, Prices> prices = new ConcurrentHashMap<>();

    /** The target of this deployment. */
    public Target(Deployment deployment) {
        this.deployment = deployment;
        boolean remote = deployment.kind() == Deployment.Kind.PROVIDER && deployment.disabled() == null;
        this.address = remote ? Address.of(deployment.apiBase()) : new Address(false, "in-process", 0);
        this.headers = headers(deployment.upstream(), address);
        this.streamLimits = new Limits(deployment.timeouts(), true);
        this.unaryLimits = new Limits(deployment.timeouts(), false);
        this.credentials = remote ? credentials(deployment) : null;
        boolean fixed = deployment.upstreamModel().indexOf('*') < 0;
        this.onlyModel = fixed ? deployment.upstreamModel() : null;
        // Here and not in a request: the catalogue is read from the disk when it is first asked.
        prices(deployment.upstreamModel());
        for (Front front : Front.values()) {
            fronts.put(
                    front,
                    Front.of(deployment.upstream().dialect(front.dialect().name())));
            if (fixed) {
                onlyStreamPaths.put(front, path(front, deployment.upstreamModel(), true));
                onlyUnaryPaths.put(front, path(front, deployment.upstreamModel(), false));
            }
        }
    }

    private static HttpHeaders headers(Upstream upstream, Address address) {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.HOST, address.hostHeader());
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, "identity");
        headers.set(HttpHeaderNames.USER_AGENT, "thalweg");
        upstream.requestHeaders().forEach(headers::set);
        return encoded(headers);
    }

    /** The same, in bytes: they are written with every request. */
    private static HttpHeaders encoded(HttpHeaders headers) {
        HttpHeaders bytes = new DefaultHttpHeaders();
        headers.forEach(header -> bytes.add(AsciiString.of(header.getKey()), AsciiString.of(header.getValue())));
        return bytes;
    }

    /** The deployment. */
    public Deployment deployment() {
        return deployment;
    }

    /** Where it is. */
    public Address address() {
        return address;
    }

    /** After how long without a first token another deployment is worth a try; zero: never. */
    Duration failover() {
        Duration limit = deployment.timeouts().stream().firstTokenFailover();
        return limit == null ? Duration.ZERO : limit;
    }

    /** The clocks of a streamed call, or of one that is answered in one piece. */
    Limits limits(boolean stream) {
        return stream ? streamLimits : unaryLimits;
    }

    /** The model's name at the provider, for a caller who asks for this name. */
    public String upstreamModel(String asked) {
        if (onlyModel != null) {
            return onlyModel;
        }
        String upstream = deployment.upstreamModel();
        int star = upstream.indexOf('*');
        String pattern = deployment.modelName();
        int before = pattern.indexOf('*');
        String matched = before < 0 ? asked : asked.substring(before, asked.length() - (pattern.length() - before - 1));
        return upstream.substring(0, star) + matched + upstream.substring(star + 1);
    }

    /** What this model of the provider's is sold for. */
    Prices prices(String upstreamModel) {
        Prices known = prices.get(upstreamModel);
        if (known == null) {
            known = deployment.prices(upstreamModel);
            if (prices.size() < MOST_PRICES) {
                prices.put(upstreamModel, known);
            }
        }
        return known;
    }

    /** What routing knows of it: its prices, too, where its model is always the same. */
    Candidate candidate(Instant now) {
        Candidate said = deployment.candidate();
        Rates rates = onlyModel == null ? null : prices(onlyModel).at(now).orElse(null);
        return rates == null ? said : said.withPrices(token(rates, PricePart.INPUT), token(rates, PricePart.OUTPUT));
    }

    private static @Nullable BigDecimal token(Rates rates, PricePart part) {
        return rates.rate(part).map(rate -> rate.price().movePointLeft(6)).orElse(null);
    }

    /** The protocol in which it is asked for callers of this one. */
    Front upstream(Front callers) {
        return requireNonNull(fronts.get(callers));
    }

    /**
     * A request with this body, whose ownership goes with it.
     *
     * @param front the protocol it is in
     * @param stream whether its answer is to be streamed
     * @param forwarded headers of the caller's that this protocol's providers want to see
     */
    public FullHttpRequest request(
            Front front, String upstreamModel, boolean stream, ByteBuf body, HttpHeaders forwarded) {
        String only = (stream ? onlyStreamPaths : onlyUnaryPaths).get(front);
        return request(only != null ? only : path(front, upstreamModel, stream), body, forwarded);
    }

    /** The same at this path. */
    FullHttpRequest request(String at, ByteBuf body, HttpHeaders forwarded) {
        HttpHeaders own = headers.copy();
        AnthropicHost host = deployment.upstream().anthropicHost();
        if (host == null || !host.readsNoHeaders()) {
            own.setAll(forwarded);
        }
        own.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, at, body, own, EmptyHttpHeaders.INSTANCE);
        if (credentials != null) {
            credentials.sign(request);
        }
        return request;
    }

    private static @Nullable Credentials credentials(Deployment deployment) {
        Credentials aws = AwsCredentials.of(deployment);
        return aws != null ? aws : GoogleCredentials.of(deployment);
    }

    /** What proves who asks, where that is more than a header that stays the same; null: nothing. */
    @Nullable
    Credentials credentials() {
        return credentials;
    }

    /** How the events of its streams in this protocol are framed. */
    Framing framing(Front front) {
        return deployment.upstream().framing(front.dialect());
    }

    private String path(Front front, String upstreamModel, boolean stream) {
        return deployment.upstream().path(front.dialect(), upstreamModel, stream);
    }

    /** Where it is asked for something in this protocol that is no chat and that has this path below its root. */
    String path(String dialect, String own, String upstreamModel) {
        return deployment.upstream().path(dialect, own, upstreamModel);
    }
}
