package dev.thalweg.types;

/** A wire record of a provider that writes names in camel case itself. */
public interface CamelCaseRecord extends WireRecord {}
