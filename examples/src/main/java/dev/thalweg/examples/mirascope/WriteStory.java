package dev.thalweg.examples.mirascope;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;

/** Shows a story while it is written. */
public final class WriteStory {
    static ChatStream writeStory(String topic) {
        return Thalweg.create().stream("openai/gpt-4o-mini", "Write a short story about " + topic);
    }

    void main() {
        IO.println("Generating story...");
        try (ChatStream story = writeStory("a magical forest")) {
            story.text().forEach(IO::print);
        }
    }
}
