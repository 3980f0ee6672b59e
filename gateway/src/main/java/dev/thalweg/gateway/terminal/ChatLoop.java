package dev.thalweg.gateway.terminal;

import dev.thalweg.error.ThalwegException;
import dev.thalweg.gateway.terminal.Answer.Outcome;
import java.io.IOError;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jspecify.annotations.Nullable;

/** A conversation at a terminal: questions, answers, commands. */
final class ChatLoop {
    private static final String QUOTES = "\"\"\"";
    private static final List<String> COMMANDS =
            List.of("/help", "/model", "/system", "/new", "/retry", "/save", "/exit");
    private static final String HELP = """
            /model [NAME]   asks another model; alone says which is asked and what there is
            /system [TEXT]  tells the model how to behave; alone says what it was told; "/system off" takes it back
            /new            forgets the conversation
            /retry          asks the last question again
            /save FILE      writes the conversation to a new Markdown file
            /exit           leaves, as Ctrl-D does
            Several lines: end a line with \\, or put them between %s and %s. A line that begins with a blank is
            no command. Ctrl-C stops an answer; at an empty prompt it leaves.""".formatted(QUOTES, QUOTES);

    private final Connection connection;
    private final Conversation conversation;
    private final AtomicReference<@Nullable Turn> turn;
    private final LineInput input;
    private final Screen screen;

    private ChatLoop(
            Connection connection,
            Conversation conversation,
            AtomicReference<@Nullable Turn> turn,
            LineInput input,
            Screen screen) {
        this.connection = connection;
        this.conversation = conversation;
        this.turn = turn;
        this.input = input;
        this.screen = screen;
    }

    /** Talks until the user leaves. */
    static void run(Connection connection, ChatOptions options, boolean colour) throws IOException {
        AtomicReference<@Nullable Turn> turn = new AtomicReference<>();
        Runnable stop = () -> {
            @Nullable Turn running = turn.get();
            if (running != null) {
                running.stop();
            }
        };
        try (LineInput input = LineInput.open(options.history(), COMMANDS, stop)) {
            Screen screen = input.screen(colour);
            screen.note(connection.line());
            screen.note("/help lists the commands. Ctrl-C stops an answer, Ctrl-D leaves.");
            Conversation conversation = new Conversation(connection.model(), options);
            new ChatLoop(connection, conversation, turn, input, screen).talk();
        }
    }

    private void talk() {
        while (true) {
            String typed;
            try {
                typed = read();
            } catch (UserInterruptException e) {
                if (e.getPartialLine() == null || e.getPartialLine().isEmpty()) {
                    return;
                }
                continue;
            } catch (EndOfFileException | IOError e) {
                return;
            }
            if (typed.startsWith("/")) {
                if (!command(typed.strip())) {
                    return;
                }
            } else if (!typed.isBlank()) {
                ask(typed.strip());
            }
        }
    }

    /** A question or a command, of one line or more. */
    private String read() {
        String line = input.line(screen.prompt("> "));
        String more = screen.prompt(screen.isUnicode() ? "… " : ". ");
        StringBuilder whole = new StringBuilder();
        if (line.strip().startsWith(QUOTES)) {
            line = line.strip().substring(QUOTES.length());
            while (!line.stripTrailing().endsWith(QUOTES)) {
                whole.append(line).append('\n');
                line = continued(more);
            }
            return whole.append(line.stripTrailing(), 0, line.stripTrailing().length() - QUOTES.length())
                    .toString();
        }
        while (line.endsWith("\\")) {
            whole.append(line, 0, line.length() - 1).append('\n');
            line = continued(more);
        }
        return whole.append(line).toString();
    }

    /** Ctrl-C in the middle of several lines gives them up, also at an empty one. */
    private String continued(String prompt) {
        try {
            return input.line(prompt);
        } catch (UserInterruptException e) {
            throw new UserInterruptException("…");
        }
    }

    /** Does what the command says; false ends the conversation. */
    private boolean command(String typed) {
        String[] parts = typed.split("\\s+", 2);
        String argument = parts.length > 1 ? parts[1] : "";
        switch (parts[0]) {
            case "/help" -> screen.say(HELP);
            case "/model" -> model(argument);
            case "/system" -> system(argument);
            case "/new" -> {
                conversation.forget();
                screen.note("A new conversation.");
            }
            case "/retry" ->
                conversation.takeBack().ifPresentOrElse(this::ask, () -> screen.note("Nothing was asked yet."));
            case "/save" -> screen.note(argument.isEmpty() ? "/save FILE: name a file." : save(argument));
            case "/exit", "/quit" -> {
                return false;
            }
            default ->
                screen.note("There is no " + parts[0] + ". There are " + String.join(", ", COMMANDS)
                        + "; a question that begins with / is sent with a blank before it.");
        }
        return true;
    }

    private String save(String file) {
        return conversation.messages().isEmpty()
                ? "There is nothing to save yet."
                : Transcript.save(conversation, file);
    }

    private void model(String name) {
        if (!name.isEmpty()) {
            conversation.model(name);
            screen.note("Asking " + name + " from now on.");
            return;
        }
        List<String> models = connection.models().get();
        screen.note("Asking " + conversation.model() + "."
                + (models.isEmpty() ? "" : " There are: " + String.join(", ", models) + "."));
    }

    private void system(String text) {
        Optional<String> before = conversation.system();
        if (text.isEmpty()) {
            screen.note(before.map(told -> "The model was told: " + told).orElse("The model was told nothing."));
        } else if (text.equals("off")) {
            conversation.system(null);
            screen.note("The model is told nothing any more.");
        } else {
            conversation.system(text);
            screen.note("The model is told this from the next question on.");
        }
    }

    private void ask(String question) {
        Turn asked = new Turn(connection.client(), conversation.ask(question), screen);
        Attributes before = input.hide();
        turn.set(asked);
        Answer answer;
        try {
            answer = asked.run();
        } catch (IllegalArgumentException e) {
            screen.error(String.valueOf(e.getMessage()));
            return;
        } finally {
            turn.set(null);
            input.show(before);
        }
        conversation.answered(answer.text());
        @Nullable ThalwegException failure = answer.failure();
        if (failure == null) {
            screen.note(Stats.line(answer, screen.isUnicode()));
        } else {
            explain(failure, answer);
        }
        if (answer.outcome() != Outcome.FAILED) {
            screen.say("");
        }
    }

    private void explain(ThalwegException failure, Answer answer) {
        screen.error(ErrorText.message(failure));
        @Nullable String advice = ErrorText.advice(failure, connection, true);
        String kept = answer.text().isEmpty() ? "" : "What came is kept in the conversation.";
        String line = (kept + " " + (advice == null ? "" : advice)).strip();
        if (!line.isEmpty()) {
            screen.note(line);
        }
    }
}
