package dev.thalweg.examples.tools;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.tool.ToolRound;
import dev.thalweg.tool.Tools;

/** The loop by hand: whoever wants to look at calls before they are made, or at results before they are sent. */
public final class OwnLoop {
    void main() {
        Thalweg thalweg = Thalweg.create();
        Tools tools = Tools.of(new LibraryTools(new Library()));
        ChatRequest request =
                tools.offerIn(ChatRequest.of("openai/gpt-4o-mini", "Who wrote the crime novels you have?"));
        ChatResponse answer = thalweg.complete(request);
        while (!answer.toolCalls().isEmpty()) {
            ToolRound round = tools.callAll(answer);
            round.results().forEach(result -> IO.println(result.call() + " → " + result.text()));
            request = request.toBuilder().messages(round.messages()).build();
            answer = thalweg.complete(request);
        }
        IO.println(answer.content());
    }
}
