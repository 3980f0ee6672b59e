package dev.thalweg.gateway.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The terminal of a conversation: lines with editing and history, and Ctrl-C. Whoever opens it closes it. */
final class LineInput implements AutoCloseable {
    private final Terminal terminal;
    private final LineReader reader;

    private LineInput(Terminal terminal, LineReader reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    /**
     * Takes over the process's terminal.
     *
     * @param history where lines are kept for the next time; null keeps them in memory
     * @param words what the tab key completes at the beginning of a line
     * @param onInterrupt is told of Ctrl-C while no line is being read, by a thread of its own
     */
    static LineInput open(@Nullable Path history, List<String> words, Runnable onInterrupt) throws IOException {
        if (history != null) {
            createPrivate(history);
        }
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .dumb(true)
                .encoding(Streams.encoding())
                .build();
        terminal.handle(Signal.INT, signal -> onInterrupt.run());
        if (terminal.getWidth() == 0 || terminal.getHeight() == 0) {
            terminal.setSize(new Size(80, 24)); // one that was never told its size, as in some containers
        }
        // What is typed is prose: no quotes to close, nothing to escape, no '!' that recalls a line.
        DefaultParser prose = new DefaultParser().escapeChars(null).quoteChars(new char[0]);
        LineReaderBuilder reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(prose)
                .completer((line, parsed, candidates) -> {
                    if (parsed.wordIndex() == 0 && parsed.word().startsWith("/")) {
                        words.forEach(word -> candidates.add(new Candidate(word)));
                    }
                })
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .option(Option.INSERT_TAB, false)
                .variable(LineReader.BELL_STYLE, "none");
        if (history != null) {
            reader.variable(LineReader.HISTORY_FILE, history.toAbsolutePath());
        }
        return new LineInput(terminal, reader.build());
    }

    private static void createPrivate(Path history) throws IOException {
        if (Files.notExists(history)) {
            if (history.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        history, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(history);
            }
        }
    }

    /**
     * The next line.
     *
     * @throws org.jline.reader.UserInterruptException on Ctrl-C
     * @throws org.jline.reader.EndOfFileException on Ctrl-D at the beginning of a line, and when the terminal is gone
     */
    String line(String prompt) {
        return reader.readLine(prompt);
    }

    /** The same terminal to write on. */
    Screen screen(boolean colour) {
        return new Screen(
                terminal.writer(),
                !Streams.isDumb(terminal.getType()),
                colour,
                terminal.encoding().equals(StandardCharsets.UTF_8));
    }

    /** Keeps what is typed from being shown until the returned value is given to {@link #show}. */
    Attributes hide() {
        return terminal.enterRawMode();
    }

    /** Shows again what is typed. */
    void show(Attributes before) {
        terminal.setAttributes(before);
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
