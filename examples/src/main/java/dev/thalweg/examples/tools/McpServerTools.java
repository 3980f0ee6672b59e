package dev.thalweg.examples.tools;

import dev.thalweg.Thalweg;
import dev.thalweg.mcp.McpTools;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.tool.Tools;

/** Lets the model use the tools of the MCP server that the arguments start, beside one's own. */
public final class McpServerTools {
    void main(String[] command) {
        try (McpTools server = McpTools.stdio(command).prefix("files_").connect()) {
            Tools tools = Tools.of(server, new FormatBookTool());
            ChatRequest request = ChatRequest.of("openai/gpt-4o-mini", "What do you know of my books?");
            IO.println(Thalweg.create().run(request, tools, 8).response().content());
        }
    }
}
