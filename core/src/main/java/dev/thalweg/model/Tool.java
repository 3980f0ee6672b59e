package dev.thalweg.model;

/**
 * A tool a model may want called.
 *
 * @param name letters, digits, {@code _} and {@code -}
 * @param description when to use it, for the model
 * @param parameters the arguments as a JSON schema
 */
public record Tool(String name, String description, RawJson parameters) {
    /**
     * A tool whose parameters are this JSON schema text.
     *
     * @throws IllegalArgumentException when the text is not one JSON value
     */
    public static Tool of(String name, String description, String parametersSchema) {
        return new Tool(name, description, RawJson.checked(parametersSchema, "Tool.of(…)"));
    }
}
