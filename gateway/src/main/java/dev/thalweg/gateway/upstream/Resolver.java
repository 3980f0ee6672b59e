package dev.thalweg.gateway.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns a host name into all its addresses. The machine's own resolver is asked (so that its hosts file, search domains
 * and split views hold), on a virtual thread, because it blocks; the JDK remembers its answers for half a minute.
 */
final class Resolver {
    private Resolver() {}

    /** Gives the addresses to the consumer on the loop: none where the name is unknown. */
    static void resolve(String host, EventLoop loop, Consumer<List<InetAddress>> consumer) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            consumer.accept(List.of(address(host, literal)));
            return;
        }
        Thread.startVirtualThread(() -> {
            List<InetAddress> addresses = lookUp(host);
            loop.execute(() -> consumer.accept(addresses));
        });
    }

    private static List<InetAddress> lookUp(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static InetAddress address(String host, byte[] literal) {
        try {
            return InetAddress.getByAddress(host, literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IP address of a wrong length", e);
        }
    }
}
