package dev.thalweg;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether somebody sees what is written. */
final class Terminal {
    static final int STDOUT = 1;
    static final int STDERR = 2;

    private Terminal() {}

    /** Whether a line may be drawn over and over: not in logs of builds, nor where a terminal says it cannot. */
    static boolean mayRedraw(Map<String, String> environment) {
        String ci = environment.getOrDefault("CI", "");
        boolean build = !ci.isEmpty() && !ci.equalsIgnoreCase("false");
        return !build && !"dumb".equals(environment.get("TERM"));
    }

    /**
     * Whether this file descriptor of the process is a terminal. Linux tells of each; elsewhere it is what Java says of
     * standard input and output together.
     */
    static boolean is(int descriptor) {
        Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
        if (!Files.isSymbolicLink(link)) {
            return hasConsole();
        }
        try {
            return isDevice(Files.readSymbolicLink(link).toString());
        } catch (IOException | SecurityException e) {
            return false;
        }
    }

    static boolean isDevice(String file) {
        return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
    }

    /** Since Java 22 there may be a console that is no terminal; it then says so. */
    @SuppressWarnings("SystemConsoleNull") // Java 21 gives none, and so may others.
    private static boolean hasConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
