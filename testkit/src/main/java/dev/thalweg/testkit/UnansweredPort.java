package dev.thalweg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port on 127.0.0.1 where connecting neither succeeds nor fails, as behind a firewall that drops packets: for connect
 * timeouts.
 *
 * <p>Its queue of connections is full and nobody accepts them, which Linux answers with silence; other systems may
 * refuse. The test that starts it closes it.
 */
public final class UnansweredPort implements AutoCloseable {
    private static final int PROBE_MILLIS = 100;
    private static final int MOST_PROBES = 64;

    private final ServerSocket server;
    private final List<Socket> queued = new ArrayList<>();

    private UnansweredPort() throws IOException {
        server = Loopback.listen(1);
        while (connects() && queued.size() < MOST_PROBES) {
            // each connection that still succeeds takes a place in the queue
        }
    }

    /** Takes a free port and fills its queue; takes about a tenth of a second. */
    public static UnansweredPort start() {
        try {
            return new UnansweredPort();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot fill the queue of a port", e);
        }
    }

    private boolean connects() throws IOException {
        var socket = new Socket();
        queued.add(socket);
        try {
            socket.connect(new InetSocketAddress(Loopback.address(), server.getLocalPort()), PROBE_MILLIS);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** The port. */
    public int port() {
        return server.getLocalPort();
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String url() {
        return "http://" + Loopback.HOST + ":" + port();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : queued) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the port", e);
        }
    }
}
