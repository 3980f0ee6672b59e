package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One run of a script on one connection. */
final class ScriptRun {
    private final Script script;
    private final Wire wire;
    private final BodyWriter out;
    private boolean lastChunk = true;
    private boolean over;

    ScriptRun(Script script, Wire wire) {
        this.script = script;
        this.wire = wire;
        out = new BodyWriter(wire, script.framing() == Framing.CHUNKED);
    }

    /** Runs the script; true when the connection can take another request. */
    boolean run() throws IOException {
        perform(script.steps());
        if (over) {
            return false;
        }
        if (script.framing() == Framing.CHUNKED && lastChunk) {
            out.lastChunk();
        }
        out.flush();
        return script.framing() != Framing.CLOSE && lastChunk && !says("connection", "close");
    }

    private void perform(List<Step> steps) throws IOException {
        for (Step step : steps) {
            if (over) {
                return;
            }
            perform(step);
        }
    }

    private void perform(Step step) throws IOException {
        switch (step) {
            case Step.Head() -> out.raw(head());
            case Step.Body(byte[] bytes) -> out.body(bytes);
            case Step.Raw(byte[] bytes) -> out.raw(bytes);
            case Step.Chunk(String sizeLine, byte[] bytes) -> out.chunk(sizeLine, bytes);
            case Step.Split split -> out.split(split);
            case Step.SplitAt splitAt -> out.splitAt(splitAt);
            case Step.SplitWire(int size) -> out.splitWire(size);
            case Step.MissingLastChunk() -> lastChunk = false;
            case Step.Flush() -> out.flush();
            case Step.Sleep sleep -> {
                out.flush();
                wire.sleep(sleep.duration());
            }
            case Step.Await await -> {
                out.flush();
                wire.await(await.signal());
            }
            case Step.AwaitLatch await -> {
                out.flush();
                wire.await(await.latch());
            }
            case Step.WaitForClientClose() -> {
                out.flush();
                wire.awaitEnd();
            }
            case Step.Hang() -> {
                out.flush();
                wire.awaitEnd();
                over = true;
            }
            case Step.Fin() -> {
                out.flush();
                wire.close();
                over = true;
            }
            case Step.Rst() -> {
                out.flush();
                wire.reset();
                over = true;
            }
            case Step.Repeat(int times, List<Step> steps) -> {
                for (int i = 0; i < times && !over; i++) {
                    perform(steps);
                }
            }
        }
    }

    private byte[] head() {
        var lines = new ArrayList<>(List.of(script.statusLine()));
        lines.addAll(script.headerLines());
        switch (script.framing()) {
            case CHUNKED -> addUnlessSaid(lines, "Transfer-Encoding", "chunked");
            case LENGTH -> {
                if (!script.statusLine().contains(" 204 ")
                        && !script.statusLine().contains(" 304 ")) {
                    addUnlessSaid(lines, "Content-Length", Long.toString(bodyLength(script.steps())));
                }
            }
            case CLOSE -> addUnlessSaid(lines, "Connection", "close");
            case RAW -> {}
        }
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(UTF_8);
    }

    private void addUnlessSaid(List<String> lines, String name, String value) {
        if (script.headerLines().stream()
                .noneMatch(line -> Header.parse(line).name().equalsIgnoreCase(name))) {
            lines.add(name + ": " + value);
        }
    }

    private boolean says(String name, String value) {
        return Header.has(script.headerLines().stream().map(Header::parse).toList(), name, value);
    }

    private static long bodyLength(List<Step> steps) {
        long length = 0;
        for (Step step : steps) {
            if (step instanceof Step.Body(byte[] bytes)) {
                length += bytes.length;
            } else if (step instanceof Step.Repeat(int times, List<Step> inner)) {
                length += times * bodyLength(inner);
            }
        }
        return length;
    }
}
