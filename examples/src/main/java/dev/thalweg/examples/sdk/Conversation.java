package dev.thalweg.examples.sdk;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;

/** Asks a second time in the same conversation. Each answer knows its question. */
public final class Conversation {
    void main() {
        Thalweg thalweg = Thalweg.create();
        ChatRequest first = ChatRequest.builder("openai/gpt-4o-mini")
                .system("Answer in one sentence.")
                .user("Which river is the longest of Europe?")
                .temperature(0.2)
                .maxOutputTokens(200)
                .build();
        ChatResponse answer = thalweg.complete(first);
        IO.println(answer.content());

        ChatRequest second = answer.reply("And of Asia?");
        try (ChatStream stream = thalweg.stream(second)) {
            stream.text().forEach(IO::print);
            IO.println("\n" + stream.response().reply("Thank you").messages().size() + " messages");
        }
    }
}
