package dev.thalweg.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The upstream's end of one connection: its bytes, its end, and waits that stop when it ends. */
final class Wire {
    private final Socket raw;
    private final Socket socket;
    private final SocketInput input = new SocketInput();
    private final CompletableFuture<Long> disconnected = new CompletableFuture<>();

    Wire(Socket raw, @Nullable SSLContext tls) throws IOException {
        this.raw = raw;
        raw.setTcpNoDelay(true);
        if (tls == null) {
            socket = raw;
        } else {
            // Layered, not accepted as TLS: a reset has to go past the TLS close.
            var layered = (SSLSocket) tls.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
            layered.setUseClientMode(false);
            socket = layered;
        }
    }

    void start() {
        Thread.startVirtualThread(() -> input.pump(new LazyInput(), this::peerGone));
    }

    SocketInput input() {
        return input;
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        try {
            socket.getOutputStream().write(bytes, from, length);
        } catch (IOException e) {
            peerGone();
            throw e;
        }
    }

    /** Completes with {@link System#nanoTime} when the peer closed; exceptionally when this side closed first. */
    CompletableFuture<Long> disconnected() {
        return disconnected;
    }

    void peerGone() {
        disconnected.complete(System.nanoTime());
    }

    void awaitEnd() throws IOException {
        awaitAny(disconnected);
    }

    void await(CompletionStage<?> signal) throws IOException {
        awaitAny(CompletableFuture.anyOf(signal.toCompletableFuture(), disconnected));
    }

    void await(CountDownLatch latch) throws IOException {
        var open = new CompletableFuture<Boolean>();
        Thread waiter = Thread.startVirtualThread(() -> {
            try {
                latch.await();
                open.complete(true);
            } catch (InterruptedException e) {
                open.complete(false);
            }
        });
        try {
            await(open);
        } finally {
            waiter.interrupt();
        }
    }

    void sleep(Duration duration) throws IOException {
        try {
            disconnected.get(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Slept enough, or there is nobody left to sleep for.
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static void awaitAny(CompletableFuture<?> future) throws IOException {
        try {
            future.get();
        } catch (ExecutionException e) {
            // A signal that fails is a signal too.
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while a script waited");
    }

    /** Resets the connection. */
    void reset() throws IOException {
        closedHere();
        raw.setSoLinger(true, 0);
        raw.close();
    }

    /** Closes in order, with TLS's own farewell; only for the thread that writes, which it may block. */
    void close() {
        try {
            if (socket instanceof SSLSocket && !raw.isClosed()) {
                closedHere();
                socket.shutdownOutput();
            }
        } catch (IOException | UnsupportedOperationException e) {
            // The peer was faster.
        }
        abort();
    }

    /** Closes without waiting for anything; for any thread. */
    void abort() {
        closedHere();
        try {
            raw.close();
        } catch (IOException e) {
            // Closed is what was wanted.
        }
    }

    private void closedHere() {
        disconnected.completeExceptionally(new IOException("the upstream closed this connection before its peer did"));
        input.end();
    }

    /** Asks the socket for its stream on the first read only: for TLS that is where the handshake happens. */
    private final class LazyInput extends InputStream {
        private @Nullable InputStream stream;

        @Override
        public int read() {
            throw new UnsupportedOperationException("the pump reads arrays");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (stream == null) {
                stream = socket.getInputStream();
            }
            return stream.read(into, offset, length);
        }
    }
}
