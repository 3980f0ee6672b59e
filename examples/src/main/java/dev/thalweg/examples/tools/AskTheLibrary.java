package dev.thalweg.examples.tools;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.tool.Tools;

/** Lets the model use the library until it knows the answer. */
public final class AskTheLibrary {
    void main() {
        Thalweg thalweg = Thalweg.create();
        Tools tools = Tools.of(new LibraryTools(new Library()));
        ChatRequest request = ChatRequest.of("openai/gpt-4o-mini", "Who wrote the crime novels you have?");
        IO.println(thalweg.run(request, tools, 8).response().content());
    }
}
