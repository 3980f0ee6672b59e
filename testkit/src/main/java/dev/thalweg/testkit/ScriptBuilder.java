package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Builds a {@link Script}: each method adds one step or one property of the head, and returns this builder.
 *
 * <p>Bytes are gathered and go to the socket in one write at {@link #flush}, before every step that waits, before the
 * connection is closed, and at the end of the script; so nothing is held back while a script waits. The socket has
 * {@code TCP_NODELAY} set. A wait ends early when the peer closes its connection.
 *
 * <p>Not thread-safe.
 */
public final class ScriptBuilder {
    private final String statusLine;
    private final List<String> headerLines = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private Framing framing;
    private String lineEnd = "\n";

    ScriptBuilder(String statusLine, Framing framing) {
        this.statusLine = statusLine;
        this.framing = framing;
    }

    /** Chooses how the end of the body is shown. */
    public ScriptBuilder framing(Framing framing) {
        this.framing = framing;
        return this;
    }

    /** Adds a header. One that frames the body replaces what the {@link Framing} would have written. */
    public ScriptBuilder header(String name, String value) {
        return headerLine(name + ": " + value);
    }

    /** Adds a header line as it stands, however malformed; without its line end. */
    public ScriptBuilder headerLine(String line) {
        headerLines.add(line);
        return this;
    }

    /**
     * Sends the head here and not at the start: what is scripted before this step happens before the first byte of the
     * response.
     */
    public ScriptBuilder head() {
        return step(new Step.Head());
    }

    /** Sends body bytes; under {@link Framing#CHUNKED} they are one chunk, unless split. */
    public ScriptBuilder bytes(byte[] bytes) {
        return step(new Step.Body(bytes.clone()));
    }

    /** Sends text as body bytes, in UTF-8. */
    public ScriptBuilder text(String text) {
        return step(new Step.Body(text.getBytes(UTF_8)));
    }

    /** Sends an event without a name. Data of several lines becomes several {@code data:} lines. */
    public ScriptBuilder event(String data) {
        var lines = new StringBuilder();
        for (String line : data.split("\n", -1)) {
            lines.append("data: ").append(line).append(lineEnd);
        }
        return text(lines.append(lineEnd).toString());
    }

    /** Sends an event with an {@code event:} line before its data. */
    public ScriptBuilder event(String name, String data) {
        event(data);
        var unnamed = (Step.Body) steps.removeLast();
        return text("event: " + name + lineEnd + new String(unnamed.bytes(), UTF_8));
    }

    /** Sends a comment and a blank line, as servers do to keep a connection alive. */
    public ScriptBuilder comment(String text) {
        return text(": " + text + lineEnd + lineEnd);
    }

    /** Sends a frame of AWS's event stream. */
    public ScriptBuilder frame(AwsFrame frame) {
        return bytes(frame.bytes());
    }

    /** Sends an event of this type as a frame of AWS's event stream. */
    public ScriptBuilder frame(String type, String json) {
        return frame(AwsFrame.event(type, json));
    }

    /** Ends the lines of the events and comments that follow with this: LF (the default), CRLF or CR. */
    public ScriptBuilder lineEnd(String lineEnd) {
        this.lineEnd = lineEnd;
        return this;
    }

    /** Sends bytes outside the framing, so that also a chunk size line or a head can be written by hand. */
    public ScriptBuilder rawBytes(byte[] bytes) {
        return step(new Step.Raw(bytes.clone()));
    }

    /** Sends text outside the framing, in UTF-8. */
    public ScriptBuilder rawText(String text) {
        return step(new Step.Raw(text.getBytes(UTF_8)));
    }

    /** Sends what was gathered, in one write. */
    public ScriptBuilder flush() {
        return step(new Step.Flush());
    }

    /** Writes each of the body steps that follow in pieces of {@code size} bytes, each piece flushed. */
    public ScriptBuilder split(int size) {
        return split(size, Duration.ZERO);
    }

    /**
     * Writes each of the body steps that follow in pieces of {@code size} bytes, and waits after each piece. Without a
     * pause a peer that reads late may still find several pieces at once.
     */
    public ScriptBuilder split(int size, Duration pause) {
        return step(new Step.Split(positive(size), pause));
    }

    /** Cuts and flushes the body bytes that follow at these offsets, ascending, counted in body bytes from here. */
    public ScriptBuilder splitAt(int... offsets) {
        return step(new Step.SplitAt(Arrays.stream(offsets).boxed().toList()));
    }

    /** Writes everything that follows in pieces of {@code size} bytes, chunk size lines included. */
    public ScriptBuilder splitWire(int size) {
        return step(new Step.SplitWire(positive(size)));
    }

    /** Ends every kind of splitting. */
    public ScriptBuilder unsplit() {
        return step(new Step.Split(0, Duration.ZERO)).step(new Step.SplitWire(0));
    }

    /** Waits this long. */
    public ScriptBuilder sleep(Duration duration) {
        return step(new Step.Sleep(duration));
    }

    /** Waits until the stage has completed, normally or exceptionally. */
    public ScriptBuilder awaitSignal(CompletionStage<?> signal) {
        return step(new Step.Await(signal));
    }

    /** Waits until the latch is at zero. */
    public ScriptBuilder awaitSignal(CountDownLatch latch) {
        return step(new Step.AwaitLatch(latch));
    }

    /** Resets the connection (RST) and ends the script. Bytes that the peer has not taken yet may be lost. */
    public ScriptBuilder rst() {
        return step(new Step.Rst());
    }

    /** Closes the connection (FIN) and ends the script; a chunked body gets no last chunk. */
    public ScriptBuilder fin() {
        return step(new Step.Fin());
    }

    /** Sends nothing more and stays open until the peer closes or the upstream is closed; ends the script. */
    public ScriptBuilder hang() {
        return step(new Step.Hang());
    }

    /** Waits until the peer has closed its connection, and then goes on. */
    public ScriptBuilder waitForClientClose() {
        return step(new Step.WaitForClientClose());
    }

    /** Sends a chunk whose size line is {@code zz}. Sets the framing to {@link Framing#CHUNKED}. */
    public ScriptBuilder badChunkSize() {
        return badChunkSize("zz", "data");
    }

    /**
     * Sends a chunk with this size line whatever the size of its data, say {@code 100000004}, {@code 5;ext=1} or a count
     * that is wrong. Sets the framing to {@link Framing#CHUNKED}.
     */
    public ScriptBuilder badChunkSize(String sizeLine, String data) {
        return framing(Framing.CHUNKED).step(new Step.Chunk(sizeLine, data.getBytes(UTF_8)));
    }

    /** At its end the body gets no last chunk: the connection is closed (FIN). Sets {@link Framing#CHUNKED}. */
    public ScriptBuilder missingLastChunk() {
        return framing(Framing.CHUNKED).step(new Step.MissingLastChunk());
    }

    /** Does {@code times} times what {@code body} adds to this builder. */
    public ScriptBuilder repeat(int times, Consumer<ScriptBuilder> body) {
        int from = steps.size();
        body.accept(this);
        List<Step> added = steps.subList(from, steps.size());
        var repeat = new Step.Repeat(times, added);
        added.clear();
        return step(repeat);
    }

    /** Adds a ready-made step. */
    public ScriptBuilder step(Step step) {
        steps.add(step);
        return this;
    }

    /** The script so far; the builder can go on and build another. */
    public Script build() {
        var all = new ArrayList<>(steps);
        if (framing != Framing.RAW && !all.contains(new Step.Head())) {
            all.addFirst(new Step.Head());
        }
        return new Script(statusLine, headerLines, framing, all);
    }

    private static int positive(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a piece has at least 1 byte, not " + size);
        }
        return size;
    }
}
