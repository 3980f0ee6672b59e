package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes one prompt of a conversation. A single message is the prompt as it stands. Several stand below each other with who
 * speaks before what he says, and what the model is to say comes last; instructions have no speaker.
 */
final class TextPrompt {
    private static final String MODELS = "Assistant:";

    private final Warnings warnings;

    TextPrompt(Warnings warnings) {
        this.warnings = warnings;
    }

    String of(List<Message> messages) {
        if (messages.size() == 1) {
            return text(messages.get(0));
        }
        warnings.add("The conversation was sent as one text: " + CompletionsDialect.NAME + " has no messages");
        List<String> turns = new ArrayList<>(messages.size() + 1);
        String last = "";
        for (Message message : messages) {
            String text = text(message);
            if (!text.isEmpty()) {
                last = speaker(message.role());
                turns.add(last.isEmpty() ? text : last + " " + text);
            }
        }
        if (!last.equals(MODELS)) {
            turns.add(MODELS);
        }
        return String.join("\n\n", turns);
    }

    private static String speaker(String role) {
        return switch (role) {
            case "system", "developer" -> "";
            case "assistant" -> MODELS;
            default -> "User:";
        };
    }

    private String text(Message message) {
        return message.parts().stream()
                .map(this::text)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(message.role().equals("assistant") ? "" : "\n"));
    }

    private String text(Part part) {
        return switch (part) {
            case Part.Text text -> text.text();
            case Part.Refusal refusal -> refusal.text();
            case Part.Reasoning reasoning -> dropped("reasoning");
            case Part.Call call -> dropped("a tool's call");
            case Part.ToolResult result -> dropped("a tool's result");
            case Part.Image image -> dropped("an image");
            case Part.Sound sound -> dropped("audio");
            case Part.File file -> dropped("a file");
            default -> dropped("a part");
        };
    }

    private String dropped(String what) {
        warnings.dropped(what, CompletionsDialect.NAME);
        return "";
    }
}
