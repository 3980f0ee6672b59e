package dev.thalweg.model;

import java.util.Locale;
import java.util.Optional;

/** Something a model can do. One that is not said may still be there. */
public enum Ability {
    /** Calls tools. */
    TOOLS,
    /** Sees images. */
    VISION,
    /** Hears sound. */
    AUDIO_INPUT,
    /** Speaks. */
    AUDIO_OUTPUT,
    /** Makes images. */
    IMAGE_OUTPUT,
    /** Reads PDF files. */
    PDF,
    /** Reasons before it answers. */
    REASONING,
    /** Answers in the form of a JSON schema. */
    STRUCTURED_OUTPUT,
    /** Keeps prompts in a cache, which are cheaper to read from there. */
    PROMPT_CACHING,
    /** Searches the web by itself. */
    WEB_SEARCH,
    /** Makes vectors of texts. */
    EMBEDDINGS;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Its name in lists and in the catalogue, for example {@code prompt_caching}. */
    public String label() {
        return label;
    }

    /** The ability of this name; empty where there is none. */
    public static Optional<Ability> of(String label) {
        for (Ability ability : values()) {
            if (ability.label.equals(label)) {
                return Optional.of(ability);
            }
        }
        return Optional.empty();
    }
}
