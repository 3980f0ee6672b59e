package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.RawClient;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who do not read: the upstream is slowed down to their pace, and memory stays flat. */
class BackpressureTest {
    private static final long MEGABYTE = 1 << 20;
    private static final String NO_LOOP_GUARD = "REPEATED_STREAMING_CHUNK_LIMIT: 0";

    /** What the kernel's buffers of four sockets and the gateway's own hold for one stream, with room to spare. */
    private static final long MOST_IN_BETWEEN = 24 * MEGABYTE;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallerWhoDoesNotReadStopsTheUpstreamAndIsStillSeenToLeave(boolean quietly) throws IOException {
        try (var upstream = FloodingUpstream.start(200 * MEGABYTE);
                var gateway = TestGateway.before(upstream.url(), NO_LOOP_GUARD)) {
            RawClient client = gateway.post(streamed());
            long written = stalledAt(upstream);
            System.out.println("an unread stream stops its upstream after " + written / 1024 + " KiB");
            assertThat(written).isBetween(1L, MOST_IN_BETWEEN);
            long left = System.nanoTime();
            if (quietly) {
                client.shutdownOutput();
            } else {
                client.closeNow();
            }
            long closed = upstream.awaitClosed(1, SOON);
            System.out.println("a caller gone while unread is seen after " + (closed - left) / 1_000_000 + " ms");
            assertThat(closed - left).isLessThan(TimeUnit.MILLISECONDS.toNanos(500));
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("caller_gone");
            Chats.settled(gateway);
        }
    }

    @Test
    void fiftyCallersWhoDoNotReadCostLittle() throws IOException {
        int callers = 50;
        try (var upstream = FloodingUpstream.start(200 * MEGABYTE);
                var gateway = TestGateway.before(upstream.url(), NO_LOOP_GUARD)) {
            long heap = usedHeap();
            long direct = PlatformDependent.usedDirectMemory();
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                clients.add(withSmallWindow(gateway));
            }
            Chats.until("all to be under way", () -> upstream.connections() == callers);
            long written = stalledAt(upstream);
            long moreHeap = (usedHeap() - heap) / MEGABYTE;
            long moreDirect = (PlatformDependent.usedDirectMemory() - direct) / MEGABYTE;
            System.out.println(callers + " unread streams: upstream wrote " + written / MEGABYTE + " MiB, heap +"
                    + moreHeap + " MiB, direct +" + moreDirect + " MiB");
            assertThat(written).isLessThan(callers * MOST_IN_BETWEEN);
            assertThat(moreHeap).isLessThan(64);
            assertThat(moreDirect).isLessThan(96);
            for (Socket client : clients) {
                client.close();
            }
            upstream.awaitClosed(callers, SOON);
            Chats.rows(gateway, callers);
            Chats.settled(gateway);
        }
    }

    @Test
    void aSlowCallerGetsEverything() throws IOException {
        long size = 40 * MEGABYTE;
        try (var upstream = FloodingUpstream.start(size);
                var gateway = TestGateway.before(upstream.url(), NO_LOOP_GUARD);
                RawClient client = gateway.post(streamed())) {
            client.timeout(SOON.multipliedBy(2)).readHead();
            stalledAt(upstream);
            String body = TestGateway.plain(client.readBody().text());
            assertThat(body).endsWith("data: [DONE]\n\n");
            String first = body.substring(0, body.indexOf("\n\n") + 2);
            assertThat(body.lastIndexOf(first) / first.length() + 1L).isEqualTo(upstream.events());
            assertThat(body).startsWith(first.repeat((int) upstream.events()));
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("complete");
        }
    }

    /** A request on a connection whose kernel buffer takes little, so that the gateway has to stop early. */
    private static Socket withSmallWindow(TestGateway gateway) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
        String body = streamed();
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** What the upstream has written when it has not been able to write for a while. */
    private static long stalledAt(FloodingUpstream upstream) {
        long end = System.nanoTime() + SOON.toNanos();
        long before = -1;
        while (upstream.written() != before || before == 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still writing after " + upstream.written() + " bytes");
            }
            before = upstream.written();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
        }
        return before;
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
