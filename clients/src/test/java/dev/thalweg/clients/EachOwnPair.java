package dev.thalweg.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A case of the table: run once with each {@linkplain Client#own own client} of a provider before that provider (its answers
 * are relayed), before OpenAI's chat completions and before Anthropic's messages (they are translated).
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0} {1}")
@MethodSource("dev.thalweg.clients.OwnPairs#all")
@interface EachOwnPair {}
