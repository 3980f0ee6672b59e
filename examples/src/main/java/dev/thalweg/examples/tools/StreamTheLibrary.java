package dev.thalweg.examples.tools;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.tool.ToolRun;
import dev.thalweg.tool.Tools;

/** The same as one stream over all rounds. */
public final class StreamTheLibrary {
    void main() {
        Thalweg thalweg = Thalweg.create();
        Tools tools = Tools.of(new LibraryTools(new Library()));
        ChatRequest request = ChatRequest.of("openai/gpt-4o-mini", "Who wrote the crime novels you have?");
        try (ToolRun run = thalweg.run(request, tools, 8)) {
            for (ChatChunk chunk : run) {
                IO.print(chunk.content());
            }
            IO.println();
            run.rounds()
                    .forEach(round -> round.results()
                            .forEach(result -> IO.println("[" + result.call().name() + ": " + result.text() + "]")));
            run.usage().ifPresent(usage -> IO.println("[" + usage.totalTokens() + " tokens]"));
        }
    }
}
