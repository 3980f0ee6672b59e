package dev.thalweg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on raw sockets that answers from {@link Script scripts} and records what it was asked.
 *
 * <p>It stands in for a provider: it can say all that a provider says, and it can break the protocol. It listens on a free
 * port of 127.0.0.1 and runs on virtual threads. A request is answered by the oldest script given to {@link #enqueue};
 * when there is none, by what was last given to {@link #always} or {@link #answer}; failing that, by a 500 that says so.
 *
 * <p>Thread-safe. The test that starts it closes it, which ends every connection and every waiting script.
 */
public final class ScriptedUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final @Nullable SSLContext tls;
    private final OpenWires wires = new OpenWires();
    private final Queue<Script> queue = new ConcurrentLinkedQueue<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<RecordedRequest> untaken = new LinkedBlockingQueue<>();
    private volatile Function<RecordedRequest, Script> fallback = ScriptedUpstream::nothingScripted;

    private ScriptedUpstream(@Nullable SSLContext tls) {
        this.tls = tls;
        this.server = Loopback.listen(1024);
        Thread.startVirtualThread(this::accept);
    }

    /** Starts an upstream without TLS. */
    public static ScriptedUpstream start() {
        return new ScriptedUpstream(null);
    }

    /** Starts an upstream that speaks TLS with the key of this context; its URL begins with {@code https}. */
    public static ScriptedUpstream startTls(SSLContext context) {
        return new ScriptedUpstream(context);
    }

    /** A URL on 127.0.0.1 whose port was free a moment ago, so that connecting to it is refused. */
    public static String refusingUrl() {
        try (ServerSocket taken = Loopback.listen(1)) {
            return "http://" + Loopback.HOST + ":" + taken.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give the port back", e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** {@code http://127.0.0.1:PORT}, without a slash at the end. */
    public String url() {
        return (tls == null ? "http://" : "https://") + Loopback.HOST + ":" + port();
    }

    /** Answers the next request that has no script yet with this one; first in, first out. */
    public ScriptedUpstream enqueue(Script script) {
        queue.add(script);
        return this;
    }

    /** Answers every request that finds the queue empty with this script. */
    public ScriptedUpstream always(Script script) {
        return answer(request -> script);
    }

    /**
     * Answers every request that finds the queue empty with what the function returns. It is called on the connection's
     * thread, for several connections at once; what it throws becomes a 500 with the message.
     */
    public ScriptedUpstream answer(Function<RecordedRequest, Script> answers) {
        fallback = answers;
        return this;
    }

    /**
     * The oldest request not taken yet, waiting for one to come. A request is recorded when its body has been read.
     *
     * @throws AssertionError if none comes within the timeout
     */
    public RecordedRequest takeRequest(Duration timeout) {
        try {
            RecordedRequest request = untaken.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (request == null) {
                throw new AssertionError("no request came to " + url() + " within " + timeout + "; before that: "
                        + requests + " on " + connections() + " connections");
            }
            return request;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a request to " + url(), e);
        }
    }

    /** All requests so far, taken or not, in the order they were recorded. */
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** How many connections have been accepted so far. */
    public int connections() {
        return wires.accepted();
    }

    /** How many connections neither side has closed. */
    public int openConnections() {
        return wires.open();
    }

    /**
     * Waits until exactly this many connections are open.
     *
     * @throws AssertionError if that does not happen within the timeout
     */
    public void awaitOpenConnections(int count, Duration timeout) {
        wires.await(count, timeout);
    }

    /** Stops listening and closes all connections; scripts that wait are ended. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop listening on " + url(), e);
        } finally {
            wires.closeAll();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                serve(server.accept());
            } catch (IOException e) {
                // Either closed, which ends the loop, or a peer that was gone before it was accepted.
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        var wire = new Wire(socket, tls);
        int number = wires.add(wire);
        var connection = new UpstreamConnection(wire, number, this::replyTo);
        wire.start();
        Thread.startVirtualThread(() -> {
            try {
                connection.serve();
            } finally {
                wires.remove(wire);
            }
        });
    }

    private Script replyTo(RecordedRequest request) {
        requests.add(request);
        untaken.add(request);
        Script next = queue.poll();
        if (next != null) {
            return next;
        }
        try {
            return fallback.apply(request);
        } catch (RuntimeException | AssertionError e) {
            return OpenAiScripts.error(500, "testkit", "answer_failed", "the answer function failed: " + e);
        }
    }

    private static Script nothingScripted(RecordedRequest request) {
        return OpenAiScripts.error(
                500,
                "testkit",
                "nothing_scripted",
                "nothing is scripted for " + request + ": call enqueue, always or answer on the ScriptedUpstream");
    }
}
