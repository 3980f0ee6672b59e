package dev.thalweg.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.wire.HeldBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gathering a body from reads of any size. */
class IncomingBodyTest {
    private static final int CAP = 1_000_000;
    private static final int LARGEST_READ = 64 * 1024;

    private final HeldBytes room = new HeldBytes(4L * CAP);
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

    private IncomingBody body(long length) {
        return new IncomingBody(allocator, length, CAP, true, room);
    }

    /** Adds bytes as a connection does: from a buffer that holds one read, and is let go afterwards. */
    private static boolean add(IncomingBody body, byte[] bytes, int from, int length) {
        ByteBuf read = ByteBufAllocator.DEFAULT.directBuffer(LARGEST_READ).writeBytes(bytes, from, length);
        try {
            return body.add(read) == IncomingBody.Added.TAKEN;
        } finally {
            read.release();
        }
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"1", "10", "4096", "20000", "32767", "32768", "32769", "65536"})
    void theBodyIsWhatCameWhateverTheReads(int largest) {
        Random random = new Random(largest);
        for (boolean announced : new boolean[] {true, false}) {
            byte[] sent = randomBytes(random, 1 + random.nextInt(Math.min(CAP, largest * 100)));
            IncomingBody body = body(announced ? sent.length : -1);
            for (int at = 0, length; at < sent.length; at += length) {
                length = Math.min(sent.length - at, 1 + random.nextInt(largest));
                assertThat(add(body, sent, at, length)).isTrue();
            }
            ByteBuf whole = body.take();
            assertThat(ByteBufUtil.getBytes(whole)).isEqualTo(sent);
            assertThat(whole.isDirect()).isTrue();
            whole.release();
            body.release();
            assertThat(allocator.metric().usedDirectMemory()).isZero();
        }
    }

    @Test
    void anAnnouncedLengthSetsAsideLittle() {
        IncomingBody body = body(CAP);
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        add(body, new byte[1], 0, 1);
        assertThat(allocator.metric().usedDirectMemory()).isEqualTo(32 * 1024);
        body.release();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void aShortBodyTakesWhatItNeeds() {
        IncomingBody body = body(300);
        add(body, new byte[100], 0, 100);
        add(body, new byte[200], 0, 200);
        assertThat(allocator.metric().usedDirectMemory()).isEqualTo(300);
        body.take().release();
    }

    @Test
    void aLargeReadIsKeptAsItIsAndASmallOneIsNot() {
        for (int length : new int[] {32 * 1024 - 1, 32 * 1024}) {
            IncomingBody body = body(-1);
            ByteBuf read = ByteBufAllocator.DEFAULT.directBuffer(length).writeZero(length);
            body.add(read);
            boolean kept = !read.release();
            assertThat(kept).isEqualTo(length == 32 * 1024);
            body.release();
            assertThat(read.refCnt()).isZero();
        }
    }

    @Test
    void allBodiesShareTheirRoom() {
        room.limit(1_000);
        IncomingBody first = body(-1);
        IncomingBody second = body(-1);
        byte[] bytes = new byte[700];
        assertThat(add(first, bytes, 0, 700)).isTrue();
        assertThat(second.add(Unpooled.wrappedBuffer(bytes))).isEqualTo(IncomingBody.Added.NO_ROOM);
        second.release();
        assertThat(room.held()).isEqualTo(700);
        first.take().release();
        assertThat(room.held()).isEqualTo(700);
        first.giveRoom();
        assertThat(room.held()).isZero();
    }

    @Test
    void theCapIsTheLastByteTaken() {
        IncomingBody body = new IncomingBody(allocator, -1, 40_000, true, room);
        byte[] bytes = new byte[40_000];
        assertThat(add(body, bytes, 0, 40_000)).isTrue();
        assertThat(add(body, bytes, 0, 1)).isFalse();
        body.release();
        assertThat(new IncomingBody(allocator, 40_001, 40_000, true, room).tooLarge())
                .isTrue();
        assertThat(new IncomingBody(allocator, 40_000, 40_000, true, room).tooLarge())
                .isFalse();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void whatNobodyReadsIsOnlyCounted() {
        IncomingBody body = new IncomingBody(allocator, -1, 10, false, room);
        assertThat(add(body, new byte[10], 0, 10)).isTrue();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(add(body, new byte[1], 0, 1)).isFalse();
        assertThat(body.take().readableBytes()).isZero();
    }
}
