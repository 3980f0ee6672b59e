package dev.thalweg.testkit.conformance;

/**
 * The tokens of an answer.
 *
 * @param input all tokens of the prompt
 * @param cached those of them that were read from a cache
 * @param output all tokens of the answer
 * @param reasoning those of them that were reasoning
 */
public record Tokens(int input, int cached, int output, int reasoning) {}
