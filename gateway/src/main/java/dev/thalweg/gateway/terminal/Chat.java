package dev.thalweg.gateway.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A chat on the process's own standard streams: a conversation where somebody types and reads, else one answer. */
public final class Chat {
    private static final String LOCAL_GATEWAY = "http://127.0.0.1:8000";

    private Chat() {}

    /**
     * Chats until its end.
     *
     * @param err where it is said what is wrong
     * @return the exit code: 0 complete or left by the user, 1 failed, 130 interrupted
     */
    public static int run(ChatOptions options, Map<String, String> environment, PrintWriter err) {
        QuietLogging.install();
        Streams streams = Streams.detect();
        boolean colour =
                options.colour() && environment.getOrDefault("NO_COLOR", "").isEmpty();
        try {
            @Nullable String question = question(options, streams, err);
            if (question != null && question.isBlank()) {
                err.println("There is no question: give it as an argument or on standard input.");
                return OneAnswer.FAILED;
            }
            Connection connection = new ConnectionFinder(options, environment, LOCAL_GATEWAY).find();
            if (question == null) {
                ChatLoop.run(connection, options, colour);
                return OneAnswer.COMPLETE;
            }
            return OneAnswer.run(connection, options, question, streams.screen(colour, environment), err);
        } catch (ChatProblem e) {
            err.println(e.text());
        } catch (IOException e) {
            err.println("The terminal or a file cannot be used: " + e);
        } catch (RuntimeException e) {
            // A mistake in this program: whoever chats can do nothing with a stack trace.
            err.println("The chat broke off by a mistake of its own ("
                    + e.getClass().getName() + ").");
        }
        return OneAnswer.FAILED;
    }

    /** The one question; null where somebody is there to talk. */
    private static @Nullable String question(ChatOptions options, Streams streams, PrintWriter err) throws IOException {
        if (streams.inputIsTerminal() && (options.prompt() != null || streams.outputIsTerminal())) {
            return options.prompt();
        }
        if (streams.inputIsTerminal()) {
            err.println("Type the question, then Ctrl-D at the beginning of a line.");
            err.flush();
        }
        String piped = Streams.input().strip();
        if (options.prompt() == null) {
            return piped;
        }
        return piped.isEmpty() ? options.prompt() : options.prompt() + "\n\n" + piped;
    }
}
