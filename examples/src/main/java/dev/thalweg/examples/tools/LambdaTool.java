package dev.thalweg.examples.tools;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ToolSpec;
import dev.thalweg.tool.ToolFunction;
import dev.thalweg.tool.Tools;

/** A tool without a class, for what is not known at compile time. */
public final class LambdaTool {
    void main() {
        ToolSpec spec = ToolSpec.of("weather", "The weather at a place", """
                {"type": "object", "properties": {"place": {"type": "string"}}, "required": ["place"]}""");
        ToolFunction weather = ToolFunction.of(spec, arguments -> {
            String place = arguments.required("place").text();
            return "4 °C in " + place + ", the falls are frozen";
        });
        ChatRequest request = ChatRequest.of("openai/gpt-4o-mini", "What is the weather in Lauterbrunnen?");
        IO.println(
                Thalweg.create().run(request, Tools.of(weather), 8).response().content());
    }
}
