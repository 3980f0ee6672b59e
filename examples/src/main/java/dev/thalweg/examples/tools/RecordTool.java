package dev.thalweg.examples.tools;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.ToolCall;
import dev.thalweg.tool.Tools;

/** A tool that is a record: its arguments can be looked at before it is called. */
public final class RecordTool {
    void main() {
        Tools tools = Tools.of(new FormatBookTool());
        ChatResponse answer = Thalweg.create()
                .complete(tools.offerIn(ChatRequest.of("openai/gpt-4o-mini", "Recommend a fantasy book")));
        for (ToolCall call : answer.toolCalls()) {
            FormatBook book = FormatBookTool.read(call);
            IO.println(book);
            IO.println(book.call());
        }
    }
}
