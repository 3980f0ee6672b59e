package dev.thalweg.examples.sdk;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Message;
import dev.thalweg.model.ToolSpec;
import java.util.List;

/** Lets the model call a tool without any help: its schema and its arguments are JSON text, and the loop is the caller's. */
public final class WeatherTool {
    void main() {
        Thalweg thalweg = Thalweg.create();
        ChatRequest request = ChatRequest.builder("openai/gpt-4o-mini")
                .user("What is the weather in Lauterbrunnen?")
                .tool(ToolSpec.of("weather", "The weather at a place", """
                        {"type": "object", "properties": {"place": {"type": "string"}}, "required": ["place"]}"""))
                .build();
        ChatResponse answer = thalweg.complete(request);
        while (!answer.toolCalls().isEmpty()) {
            IO.println(answer.toolCalls());
            List<Message> results = answer.toolCalls().stream()
                    .map(call -> Message.tool(call.id(), "4 °C, the falls are frozen"))
                    .toList();
            answer = thalweg.complete(answer.reply(results));
        }
        IO.println(answer.content());
    }
}
