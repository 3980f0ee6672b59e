package dev.thalweg.types.mistral;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import tools.jackson.databind.annotation.JsonDeserialize;

/** The content of a message, which is a text or a list of parts in the wire. */
@JsonDeserialize(using = MistralContentReader.class)
public sealed interface MistralContent {
    /** The words for the user: the text, or that of the text parts. */
    String plainText();

    /** A text. */
    record Text(String text) implements MistralContent {
        @Override
        @JsonValue
        public String text() {
            return text;
        }

        @Override
        public String plainText() {
            return text;
        }
    }

    /** A list of parts. */
    record Parts(List<MistralPart> parts) implements MistralContent {
        public Parts {
            parts = List.copyOf(parts);
        }

        @Override
        @JsonValue
        public List<MistralPart> parts() {
            return parts;
        }

        @Override
        public String plainText() {
            StringBuilder text = new StringBuilder();
            for (MistralPart part : parts) {
                if (part instanceof MistralPart.Text words) {
                    text.append(words.text());
                }
            }
            return text.toString();
        }
    }
}
