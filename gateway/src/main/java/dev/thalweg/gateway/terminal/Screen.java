package dev.thalweg.gateway.terminal;

import java.io.PrintWriter;

/**
 * Where a chat writes. What a model or a server sends can hold control characters that would take over a terminal; on one
 * they are shown as {@code �} and do nothing. Thread-safe: the indicator writes beside the answer.
 */
final class Screen {
    private static final String DIM = "\033[2m";
    private static final String BOLD = "\033[1m";
    private static final String RED = "\033[31m";
    private static final String PLAIN = "\033[0m";
    private static final String ERASE_LINE = "\r\033[2K";

    private final PrintWriter out;
    private final boolean terminal;
    private final boolean colour;
    private final boolean unicode;
    private boolean lineOpen;

    /**
     * @param terminal whether a line can be erased here; without it nothing but text is written
     * @param colour whether colours are wanted
     * @param unicode whether the encoding has more than ASCII
     */
    Screen(PrintWriter out, boolean terminal, boolean colour, boolean unicode) {
        this.out = out;
        this.terminal = terminal;
        this.colour = terminal && colour;
        this.unicode = unicode;
    }

    boolean isTerminal() {
        return terminal;
    }

    boolean isUnicode() {
        return unicode;
    }

    /** Writes a piece of an answer at once, as it came where this is no terminal. */
    synchronized void text(String piece) {
        String shown = terminal ? harmless(piece) : piece;
        if (!shown.isEmpty()) {
            out.print(shown);
            out.flush();
            lineOpen = !shown.endsWith("\n");
        }
    }

    /** Writes a piece of what is beside the answer. */
    synchronized void dim(String piece) {
        styled(DIM, piece);
    }

    /** Writes a whole line of what is beside the answer. */
    synchronized void note(String line) {
        endLine();
        styled(DIM, line);
        endLine();
    }

    /** Writes a whole line for people to read. */
    synchronized void say(String line) {
        endLine();
        text(line + "\n");
    }

    /** Writes a whole line about what went wrong. */
    synchronized void error(String line) {
        endLine();
        styled(RED, line);
        endLine();
    }

    /** Begins a new line unless one has just begun. */
    synchronized void endLine() {
        if (lineOpen) {
            text("\n");
        }
    }

    /** Shows the indicator in place of the one before. */
    synchronized void indicate(String indicator) {
        out.print(ERASE_LINE + (colour ? DIM + indicator + PLAIN : indicator));
        out.flush();
    }

    /** Takes the indicator away. */
    synchronized void eraseIndicator() {
        out.print(ERASE_LINE);
        out.flush();
    }

    /** Whether nobody takes what is written any more. */
    boolean isClosed() {
        return out.checkError();
    }

    /** The text as a prompt. */
    String prompt(String text) {
        return colour ? BOLD + text + PLAIN : text;
    }

    private void styled(String style, String piece) {
        if (!colour) {
            text(piece);
        } else if (!piece.isEmpty()) {
            out.print(style + harmless(piece) + PLAIN);
            out.flush();
            lineOpen = !piece.endsWith("\n");
        }
    }

    /** Without what a terminal obeys: all control characters but line break and tab. */
    static String harmless(String text) {
        if (text.chars().noneMatch(c -> isControl(c))) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.chars().filter(c -> c != '\r').forEach(c -> safe.append(isControl(c) ? '\uFFFD' : (char) c));
        return safe.toString();
    }

    private static boolean isControl(int c) {
        return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7f && c <= 0x9f);
    }
}
