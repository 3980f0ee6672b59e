package dev.thalweg.types.mistral;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a message's content, by its {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = MistralPart.Other.class)
public sealed interface MistralPart extends WireRecord {
    /** Words for the user. */
    @JsonTypeName("text")
    record Text(String text, Extra extra) implements MistralPart {}

    /** Reasoning, in parts of its own. */
    @JsonTypeName("thinking")
    record Thinking(List<MistralPart> thinking, @Nullable Boolean closed, Extra extra) implements MistralPart {
        public Thinking {
            thinking = List.copyOf(thinking);
        }
    }

    /** Which of the documents the text before it is from. */
    @JsonTypeName("reference")
    record Reference(List<RawJson> referenceIds, Extra extra) implements MistralPart {
        public Reference {
            referenceIds = List.copyOf(referenceIds);
        }
    }

    /** A part that is of none of these types: all its fields are in {@code extra}. */
    record Other(@Nullable String type, Extra extra) implements MistralPart {}
}
