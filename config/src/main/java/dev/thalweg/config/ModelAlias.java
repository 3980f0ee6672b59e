package dev.thalweg.config;

/**
 * Another name for a model.
 *
 * @param model the model callers get who ask for the alias
 * @param hidden whether the alias is left out of the list of models
 */
public record ModelAlias(String model, boolean hidden) {}
