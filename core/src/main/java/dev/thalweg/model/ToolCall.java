package dev.thalweg.model;

/**
 * A model's wish to have a tool called.
 *
 * @param id what the tool's result refers to
 * @param name the tool's name
 * @param arguments the arguments as JSON text; not valid JSON where the answer was cut by its token limit
 */
public record ToolCall(String id, String name, String arguments) {}
