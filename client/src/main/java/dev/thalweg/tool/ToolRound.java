package dev.thalweg.tool;

import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Message;
import java.util.ArrayList;
import java.util.List;

/** An answer of a model and the results of the tools it wanted called. Immutable. */
public final class ToolRound {
    private final ChatResponse response;
    private final List<ToolResult> results;

    ToolRound(ChatResponse response, List<ToolResult> results) {
        this.response = response;
        this.results = List.copyOf(results);
    }

    /** What the model answered. */
    public ChatResponse response() {
        return response;
    }

    /** One result for each call, in the order of the calls; empty where the model wanted none. */
    public List<ToolResult> results() {
        return results;
    }

    /**
     * What the conversation grows by: the model's turn, with all its provider needs back (signed reasoning for example), and
     * the results.
     */
    public List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        messages.add(response.message());
        results.forEach(result -> messages.add(result.message()));
        return List.copyOf(messages);
    }

    @Override
    public String toString() {
        return "ToolRound" + results;
    }
}
