package dev.thalweg.types.anthropic;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/** More of a block, by its {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = AnthropicDelta.Other.class)
public sealed interface AnthropicDelta extends WireRecord {
    /** More text. */
    @JsonTypeName("text_delta")
    record Text(String text, Extra extra) implements AnthropicDelta {}

    /** More of a tool's input: a piece of JSON text, often empty at first. All of them empty means {@code {}}. */
    @JsonTypeName("input_json_delta")
    record InputJson(String partialJson, Extra extra) implements AnthropicDelta {}

    /** More reasoning. */
    @JsonTypeName("thinking_delta")
    record Thinking(String thinking, Extra extra) implements AnthropicDelta {}

    /** The signature of the reasoning, to be sent back as it came. */
    @JsonTypeName("signature_delta")
    record Signature(String signature, Extra extra) implements AnthropicDelta {}

    /** One more source of the text. */
    @JsonTypeName("citations_delta")
    record Citations(AnthropicCitation citation, Extra extra) implements AnthropicDelta {}

    /** A delta of any other type: all its fields are in {@code extra}. */
    record Other(@Nullable String type, Extra extra) implements AnthropicDelta {}
}
