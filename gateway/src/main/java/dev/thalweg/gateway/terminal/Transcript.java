package dev.thalweg.gateway.terminal;

import dev.thalweg.model.Message;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A conversation as a Markdown file. */
final class Transcript {
    private Transcript() {}

    static String markdown(Conversation conversation) {
        StringBuilder text = new StringBuilder("# Chat with " + conversation.model() + "\n");
        conversation.system().ifPresent(system -> section(text, "System", system));
        for (Message message : conversation.messages()) {
            section(text, message.role().equals("user") ? "User" : "Assistant", message.content());
        }
        return text.toString();
    }

    private static void section(StringBuilder text, String title, String body) {
        text.append("\n## ").append(title).append("\n\n").append(body.strip()).append('\n');
    }

    /** Writes a new file and says what came of it; a file that is there is left alone. */
    static String save(Conversation conversation, String name) {
        String home = System.getProperty("user.home");
        try {
            Path file = Path.of(name.startsWith("~/") ? home + name.substring(1) : name);
            Files.writeString(file, markdown(conversation), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return "Saved to " + file.toAbsolutePath() + ".";
        } catch (FileAlreadyExistsException e) {
            return name + " exists; nothing was written. Choose another name.";
        } catch (NoSuchFileException e) {
            return name + ": there is no such directory; nothing was written.";
        } catch (IOException | InvalidPathException e) {
            return "Cannot write " + name + " (" + e.getClass().getSimpleName() + "): choose another place.";
        }
    }
}
