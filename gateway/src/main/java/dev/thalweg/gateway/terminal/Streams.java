package dev.thalweg.gateway.terminal;

import java.io.BufferedWriter;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jspecify.annotations.Nullable;

/**
 * What standard input and output are.
 *
 * @param inputIsTerminal whether somebody types
 * @param outputIsTerminal whether somebody reads
 */
record Streams(boolean inputIsTerminal, boolean outputIsTerminal) {
    // Whether there is a console without a terminal has changed from JDK to JDK: 22 to 24 have one, 25 has none.
    @SuppressWarnings("SystemConsoleNull")
    static Streams detect() {
        @Nullable Console console = System.console();
        if (console != null && console.isTerminal()) {
            return new Streams(true, true);
        }
        try {
            TerminalProvider provider = TerminalProvider.load("exec");
            return new Streams(
                    provider.isSystemStream(SystemStream.Input), provider.isSystemStream(SystemStream.Output));
        } catch (IOException e) {
            return new Streams(false, false);
        }
    }

    /**
     * The encoding of the terminal. One that is said to know only ASCII, as in most containers, is taken for UTF-8: it can
     * only be better than question marks.
     */
    static Charset encoding() {
        Charset charset = Charset.forName(System.getProperty("stdout.encoding", "UTF-8"), StandardCharsets.UTF_8);
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    /** Everything that standard input holds. */
    static String input() throws IOException {
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Standard output as a screen. */
    Screen screen(boolean colour, Map<String, String> environment) {
        Charset charset = outputIsTerminal ? encoding() : StandardCharsets.UTF_8;
        PrintWriter out = new PrintWriter(
                new BufferedWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), charset)));
        boolean capable = outputIsTerminal && !isDumb(environment.get("TERM"));
        return new Screen(out, capable, colour, charset.equals(StandardCharsets.UTF_8));
    }

    static boolean isDumb(@Nullable String type) {
        return type == null || type.isEmpty() || type.startsWith("dumb");
    }
}
