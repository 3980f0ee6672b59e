package dev.thalweg.examples.mirascope;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;

/** Processes words while they come, and stops the model when there are as many as the first argument says. */
public final class GenerateWords {
    static ChatStream generateWords(int n) {
        return Thalweg.create().stream("openai/gpt-4o-mini", "Generate a list of " + n + " random words, one a line");
    }

    void main(String[] args) {
        int enough = Integer.parseInt(args[0]);
        int wordCount = 0;
        StringBuilder rest = new StringBuilder();
        try (ChatStream stream = generateWords(1000)) {
            for (String piece : stream.text()) {
                rest.append(piece);
                for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
                    processWord(rest.substring(0, end));
                    rest.delete(0, end + 1);
                    wordCount++;
                }
                if (wordCount >= enough) {
                    break;
                }
            }
        }
    }

    private static void processWord(String word) {
        IO.println("[" + word + "]");
    }
}
