package dev.thalweg.examples.sdk;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.error.ThalwegException;
import java.util.stream.Collectors;

/** Writes haikus. It is given its client, so that a test can give it one that asks a scripted upstream. */
public final class HaikuWriter {
    private final Thalweg thalweg;

    /** A writer that asks with this client, which remains its caller's. */
    public HaikuWriter(Thalweg thalweg) {
        this.thalweg = thalweg;
    }

    /** A haiku about this; one of ours where the model cannot be asked. */
    public String about(String topic) {
        try (ChatStream stream = thalweg.stream("openai/gpt-4o-mini", "Write a haiku about " + topic)) {
            return stream.text().stream().collect(Collectors.joining());
        } catch (ThalwegException e) {
            return "Cut off by the flood / the line that was to reach us / waits for its water";
        }
    }

    static void main() {
        IO.println(new HaikuWriter(Thalweg.create()).about("rivers"));
    }
}
