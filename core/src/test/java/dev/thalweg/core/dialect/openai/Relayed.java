package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.RelayOutput;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.testkit.Cuts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A relay under test and all it put out. */
final class Relayed implements RelayOutput {
    final HeldBytes budget = new HeldBytes(16 << 20);
    final Relay relay;
    final ByteBuilder out = new ByteBuilder(256);
    private byte[] read = new byte[0];
    private int readFrom;
    private int readTo;

    Relayed(FrameSink observer, @Nullable String alias, boolean showUsage, int maxEventBytes) {
        relay = new Relay(observer, alias, showUsage, maxEventBytes, budget);
    }

    /** A relay that changes nothing. */
    static Relayed plain() {
        return new Relayed(new StreamObserver(0), null, true, 8 << 20);
    }

    static Relayed of(@Nullable String alias, boolean showUsage) {
        return new Relayed(new StreamObserver(0), alias, showUsage, 8 << 20);
    }

    /** What comes out of this stream, after every cut of it has shown to give the same. */
    static String uncut(String stream, @Nullable String alias, boolean showUsage) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        Relayed whole = of(alias, showUsage).all(List.of(bytes));
        Cuts.everywhere(bytes, pieces -> {
            Relayed cut = of(alias, showUsage).all(pieces);
            if (cut.relay.state() != whole.relay.state() || !cut.text().equals(whole.text())) {
                throw new AssertionError(cut.relay.state() + " after <" + cut.text() + ">, not " + whole.relay.state()
                        + " after <" + whole.text() + ">");
            }
        });
        return whole.text();
    }

    Relayed feed(String piece) {
        return feed(piece.getBytes(StandardCharsets.UTF_8));
    }

    Relayed feed(byte[] piece) {
        readFrom = 3;
        readTo = 3 + piece.length;
        read = new byte[piece.length + 7];
        System.arraycopy(piece, 0, read, readFrom, piece.length);
        relay.feed(read, readFrom, piece.length, this);
        readTo = readFrom;
        return this;
    }

    Relayed end() {
        relay.end(this);
        if (budget.held() != 0) {
            throw new AssertionError("holds " + budget.held() + " bytes after its end");
        }
        return this;
    }

    Relayed all(List<byte[]> pieces) {
        pieces.forEach(this::feed);
        return end();
    }

    String text() {
        return out.toString();
    }

    @Override
    public void pass(int offset, int length) {
        if (length <= 0 || offset < readFrom || offset + length > readTo) {
            throw new AssertionError("passes " + offset + "+" + length + " of the read " + readFrom + ".." + readTo);
        }
        readFrom = offset + length;
        out.append(read, offset, length);
    }

    @Override
    public void put(byte[] array, int offset, int length) {
        if (length <= 0) {
            throw new AssertionError("puts nothing");
        }
        out.append(array, offset, length);
    }
}
