package dev.thalweg;

import dev.thalweg.core.dialect.Defaults;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.route.RetryPolicy;
import dev.thalweg.core.route.RouteRequest;
import dev.thalweg.core.route.Step;
import dev.thalweg.core.stream.Clock;
import dev.thalweg.core.stream.Clocks;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.upstream.AnthropicHost;
import dev.thalweg.error.CancelledException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.error.TimeoutException;
import dev.thalweg.model.ChatRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One call: what all its attempts have in common, whoever is asked. Used by one thread at a time. */
final class Call {
    private final Exchange exchange;
    private final CallLog log;
    private final ChatRequest request;
    private final ChatRequest sent;
    private final RouteRequest wishes;
    private final AttemptLog attempts;
    private final CloseSignal signal;
    private final long deadline;
    private @Nullable Question question;

    Call(Exchange exchange, ChatRequest request, CallLog log, boolean stream) {
        this.exchange = exchange;
        this.log = log;
        this.request = request;
        this.attempts = new AttemptLog(log);
        this.signal = new CloseSignal(exchange.pauses());
        boolean heeded = exchange.router().heeds();
        CallOptions wanted = exchange.options().call();
        this.wishes = heeded ? RouteWishes.of(request, wanted, stream) : RouteWishes.of(wanted, stream);
        ChatRequest said = heeded ? RouteWishes.without(request) : request;
        this.sent = exchange.targets().isGateway() ? RouteWishes.forGateway(said, wanted) : said;
        Timeouts timeouts = exchange.options().timeouts();
        Duration total = stream ? timeouts.streamTotal() : timeouts.total();
        this.deadline = total.isZero() ? Clocks.NEVER : System.nanoTime() + total.toNanos();
    }

    // Its two faces.

    /** Opens a stream; where it is wanted, one that is asked for again when it breaks. */
    Exchange.Opened stream() {
        Exchange.Opened opened = open();
        return exchange.options().restarts() <= 0
                ? opened
                : new Exchange.Opened(new RestartingSource(opened.source(), signal, this::restart), opened.first());
    }

    /** The whole answer: a stream of one chunk, read to its end. */
    Answer whole() {
        Course course = course();
        return course.follow(asked -> {
            ChunkSource source = send(asked, course);
            while (source.next() != null) {
                // Its answer has it.
            }
            course.succeeded(source.answer());
            return source.answer();
        });
    }

    private Exchange.Opened open() {
        Course course = course();
        return course.follow(asked -> {
            RoutedSource source = new RoutedSource(send(asked, course), course);
            return new Exchange.Opened(source, source.begin());
        });
    }

    private Course course() {
        return new Course(this, exchange.router().plan(request.model(), wishes), attempts, exchange.random());
    }

    /** The next stream after one that broke when it had begun; empty where there is none. */
    private Optional<Exchange.Opened> restart(ThalwegException cause, int number) {
        Optional<Duration> wait = new RetryPolicy(exchange.options().restarts())
                .next(
                        number,
                        cause.retryable() && !over(),
                        cause.retryAfter().orElse(null),
                        left(),
                        exchange.random().nextDouble());
        return wait.map(time -> {
            boolean unused = await(new CountDownLatch(1), time.toNanos(), cause);
            return open();
        });
    }

    private ChunkSource send(Endpoint asked, Course course) {
        Question to = question != null && question.endpoint().equals(asked) ? question : question(asked);
        question = to;
        log.asks(asked, to.target());
        Answer answer = new Answer(request, to.warnings(), to.target().dialect());
        answer.attempts(attempts.ended());
        ChunkSource source = new ChunkSource(to.target(), options(asked), wishes.stream(), deadline, answer);
        if (wishes.stream()) {
            source.failOver(course::hasAlternative);
        }
        signal.attempt(source);
        HttpRequest message = message(to);
        connection(to, source);
        source.open(exchange.http(), message);
        return source;
    }

    /** Takes one of the connections there may be, which the source gives back at its end. */
    private void connection(Question to, ChunkSource source) {
        long pool = exchange.options().timeouts().pool().toNanos();
        long most = Math.min(left(), pool == 0 ? Clocks.NEVER : pool);
        if (!exchange.connections().take(turn -> await(turn, most, null))) {
            source.release();
            throw Failures.of(to.target()).late(left() <= 0 ? Clock.TOTAL : Clock.POOL, null, null);
        }
        source.atEnd(exchange.connections()::giveBack);
    }

    /** A deployment's clocks are its own, unless the call has said otherwise. */
    private Options options(Endpoint asked) {
        Options options = exchange.options();
        Configured configured = asked.configured();
        return configured == null || options.call().timeouts() != null ? options : options.with(configured.timeouts());
    }

    /**
     * What one deployment is asked, however often.
     *
     * @param warnings what its protocol has no word for
     */
    private record Question(Endpoint endpoint, Target target, URI uri, byte[] body, List<String> warnings) {}

    private Question question(Endpoint asked) {
        Target to = exchange.targets().find(asked);
        Warnings warnings = new Warnings();
        boolean stream = wishes.stream();
        Map<String, String> defaults =
                asked.configured() == null ? Map.of() : asked.configured().defaults();
        ChatRequest limited = Defaults.limited(sent, defaults);
        byte[] written = to.dialect().writeRequest(limited, to.provider(), to.model(), stream, warnings);
        byte[] body = Defaults.added(to.dialect().settings(), written, Defaults.beside(limited, defaults));
        if (exchange.options().call().strict() && !warnings.isEmpty()) {
            throw Targets.refused(
                    ErrorKind.UNSUPPORTED_PARAMS,
                    asked.model(),
                    to.label() + ": " + String.join("; ", warnings.all()) + ".");
        }
        AnthropicHost host = to.upstream().anthropicHost();
        return new Question(asked, to, to.uri(stream), host == null ? body : host.body(body), warnings.all());
    }

    private HttpRequest message(Question to) {
        // Over plain http the client would offer h2c, which loses the body at vLLM and hangs LM Studio.
        boolean plain = to.uri().getScheme().equalsIgnoreCase("http");
        HttpRequest.Builder builder = HttpRequest.newBuilder(to.uri())
                .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
                .header("user-agent", "thalweg-java")
                .POST(HttpRequest.BodyPublishers.ofByteArray(to.body()));
        exchange.options().call().headers().forEach(builder::setHeader);
        to.target().upstream().requestHeaders().forEach(builder::setHeader);
        Credentials credentials = to.target().credentials();
        if (credentials != null) {
            try {
                credentials.headers(to.uri(), to.body()).forEach(builder::setHeader);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw cancelled(e, null);
            }
        }
        return builder.build();
    }

    // What its course asks.

    /** How much of its time is left, in nanoseconds. */
    long left() {
        return deadline == Clocks.NEVER ? Clocks.NEVER : deadline - System.nanoTime();
    }

    /** Whether the call itself ended with this failure, so that it says nothing of who was asked. */
    boolean endedBy(ThalwegException failure) {
        return over() || failure instanceof CancelledException || (failure instanceof TimeoutException && left() <= 0);
    }

    private boolean over() {
        return signal.closed() || exchange.pauses().closed();
    }

    /**
     * Waits for this, so long at most; false where the time was over.
     *
     * @param before why it waits
     */
    boolean await(CountDownLatch turn, long mostNanos, @Nullable ThalwegException before) {
        try {
            boolean called = signal.await(turn, mostNanos);
            checkWanted(before);
            return called;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled(e, before);
        }
    }

    /** Throws where the call, or the whole client, was closed. */
    void checkWanted(@Nullable ThalwegException before) {
        if (signal.closed()) {
            throw cancelled(null, before);
        }
        if (exchange.pauses().closed()) {
            throw after(before, failures().clientClosed());
        }
    }

    /** Nobody may serve it, and nobody was asked. */
    ThalwegException unserved(Step.Stop<?> why) {
        return Failures.unserved(request.model(), why);
    }

    /** Its time was over before anybody was asked. */
    ThalwegException late() {
        return failures().late(Clock.TOTAL, null, null);
    }

    private ThalwegException cancelled(@Nullable InterruptedException interrupt, @Nullable ThalwegException before) {
        var partial = before == null ? null : before.partial().orElse(null);
        return after(before, failures().end(StreamEnd.CALLER_GONE, interrupt, "", partial));
    }

    private ThalwegException after(@Nullable ThalwegException before, ThalwegException failure) {
        if (before != null) {
            failure.addSuppressed(before);
        }
        return attempts.listed(failure);
    }

    private Failures failures() {
        return question != null ? Failures.of(question.target()) : Failures.ofCall(request.model());
    }
}
