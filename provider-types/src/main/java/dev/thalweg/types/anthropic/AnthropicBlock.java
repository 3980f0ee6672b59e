package dev.thalweg.types.anthropic;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A block of a message, by its {@code type}. In a stream it begins empty and its deltas fill it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = AnthropicBlock.Other.class)
@JsonSubTypes({
    @JsonSubTypes.Type(AnthropicBlock.Text.class),
    @JsonSubTypes.Type(AnthropicBlock.Thinking.class),
    @JsonSubTypes.Type(AnthropicBlock.RedactedThinking.class),
    @JsonSubTypes.Type(AnthropicBlock.ToolUse.class),
    @JsonSubTypes.Type(AnthropicBlock.ServerToolUse.class),
    @JsonSubTypes.Type(AnthropicBlock.McpToolUse.class),
    @JsonSubTypes.Type(
            value = AnthropicBlock.ToolResult.class,
            names = {
                "advisor_tool_result",
                "bash_code_execution_tool_result",
                "code_execution_tool_result",
                "mcp_tool_result",
                "text_editor_code_execution_tool_result",
                "tool_search_tool_result",
                "web_fetch_tool_result",
                "web_search_tool_result"
            })
})
public sealed interface AnthropicBlock extends WireRecord {
    /** Words for the user. */
    @JsonTypeName("text")
    record Text(String text, List<AnthropicCitation> citations, Extra extra) implements AnthropicBlock {
        public Text {
            citations = List.copyOf(citations);
        }
    }

    /**
     * Reasoning.
     *
     * @param signature to be sent back as it came
     */
    @JsonTypeName("thinking")
    record Thinking(String thinking, @Nullable String signature, Extra extra) implements AnthropicBlock {}

    /**
     * Reasoning that is not shown.
     *
     * @param data to be sent back as it came
     */
    @JsonTypeName("redacted_thinking")
    record RedactedThinking(String data, Extra extra) implements AnthropicBlock {}

    /**
     * A call of one of the caller's tools.
     *
     * @param input an object; empty at the start of a stream
     * @param caller who calls: the model itself or code it runs
     */
    @JsonTypeName("tool_use")
    record ToolUse(
            String id,
            String name,
            @Nullable RawJson input,
            @Nullable RawJson caller,
            Extra extra) implements AnthropicBlock {}

    /** A call of a tool that Anthropic runs. */
    @JsonTypeName("server_tool_use")
    record ServerToolUse(
            String id,
            String name,
            @Nullable RawJson input,
            @Nullable RawJson caller,
            Extra extra) implements AnthropicBlock {}

    /** A call of a tool of an MCP server. */
    @JsonTypeName("mcp_tool_use")
    record McpToolUse(
            String id,
            String name,
            String serverName,
            @Nullable RawJson input,
            Extra extra) implements AnthropicBlock {}

    /**
     * What a tool gave that Anthropic ran.
     *
     * @param type {@code web_search_tool_result}, {@code mcp_tool_result} and others
     * @param content an object or a list, shaped by the tool
     */
    record ToolResult(
            String type,
            String toolUseId,
            @Nullable RawJson content,
            @Nullable Boolean isError,
            Extra extra) implements AnthropicBlock {}

    /** A block of any other type: all its fields are in {@code extra}. */
    record Other(@Nullable String type, Extra extra) implements AnthropicBlock {}
}
