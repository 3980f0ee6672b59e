package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Frames and cuts the bytes of one response, gathers them, and writes them to the wire. */
final class BodyWriter {
    private static final int GATHERED = 64 * 1024;
    private static final byte[] CRLF = {'\r', '\n'};

    private final Wire wire;
    private final boolean chunked;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private Step.Split split = new Step.Split(0, Duration.ZERO);
    private List<Integer> cuts = List.of();
    private int sinceCuts;
    private int wirePiece;

    BodyWriter(Wire wire, boolean chunked) {
        this.wire = wire;
        this.chunked = chunked;
    }

    void split(Step.Split step) {
        split = step;
        cuts = List.of();
    }

    void splitAt(Step.SplitAt step) {
        split = new Step.Split(0, Duration.ZERO);
        cuts = step.offsets();
        sinceCuts = 0;
    }

    void splitWire(int size) throws IOException {
        flush();
        wirePiece = size;
    }

    void body(byte[] bytes) throws IOException {
        int from = 0;
        while (from < bytes.length) {
            int to = nextCut(from, bytes.length);
            piece(Arrays.copyOfRange(bytes, from, to));
            boolean cutHere = split.size() > 0 || cuts.contains(sinceCuts + to);
            if (cutHere) {
                flush();
            }
            if (split.size() > 0 && split.pause().isPositive()) {
                wire.sleep(split.pause());
            }
            from = to;
        }
        sinceCuts += cuts.isEmpty() ? 0 : bytes.length;
    }

    private int nextCut(int from, int length) {
        if (split.size() > 0) {
            return Math.min(length, from + split.size());
        }
        return cuts.stream()
                .mapToInt(cut -> cut - sinceCuts)
                .filter(cut -> cut > from && cut < length)
                .findFirst()
                .orElse(length);
    }

    private void piece(byte[] bytes) throws IOException {
        if (chunked) {
            chunk(Integer.toHexString(bytes.length), bytes);
        } else {
            raw(bytes);
        }
    }

    void chunk(String sizeLine, byte[] bytes) throws IOException {
        raw((sizeLine + "\r\n").getBytes(ISO_8859_1));
        raw(bytes);
        raw(CRLF);
    }

    void lastChunk() throws IOException {
        raw("0\r\n\r\n".getBytes(ISO_8859_1));
    }

    void raw(byte[] bytes) throws IOException {
        gathered.writeBytes(bytes);
        if (gathered.size() >= GATHERED) {
            flush();
        }
    }

    void flush() throws IOException {
        byte[] bytes = gathered.toByteArray();
        gathered.reset();
        int size = wirePiece > 0 ? wirePiece : Math.max(1, bytes.length);
        for (int from = 0; from < bytes.length; from += size) {
            wire.write(bytes, from, Math.min(size, bytes.length - from));
        }
    }
}
