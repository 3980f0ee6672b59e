package dev.thalweg.gateway.chat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that knows CONNECT and nothing else. */
final class ConnectProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int status;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean hasty;

    private ConnectProxy(ServerSocket server, int status) {
        this.server = server;
        this.status = status;
    }

    /** A proxy that answers with this status, and connects where it is 200. */
    static ConnectProxy start(int status) throws IOException {
        var proxy = new ConnectProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), status);
        Thread.startVirtualThread(proxy::accept);
        return proxy;
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** From now on answers before it is asked. */
    void answerAtOnce() {
        hasty = true;
    }

    /** The request lines so far. */
    List<String> asked() {
        return asked;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (hasty) {
                socket.getOutputStream().write("HTTP/1.1 400 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
                return;
            }
            String head = head(socket.getInputStream());
            String line = head.substring(0, head.indexOf("\r\n"));
            asked.add(line);
            String answer = "HTTP/1.1 " + status + " Said\r\n\r\n";
            if (status != 200) {
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                return;
            }
            String port = line.split(" ")[1].replaceFirst(".*:", "");
            try (Socket target = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                Thread back = Thread.startVirtualThread(() -> copy(target, socket));
                copy(socket, target);
                back.join();
            }
        } catch (IOException | InterruptedException e) {
            // One side is gone: so is the other now.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // Gone.
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no head");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
