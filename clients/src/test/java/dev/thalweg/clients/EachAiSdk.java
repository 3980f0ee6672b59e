package dev.thalweg.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A case of the table: run once with the package "ai" and each of its providers. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@EnumSource(names = {"AI_CHAT", "AI_RESPONSES", "AI_COMPATIBLE", "AI_ANTHROPIC"})
@interface EachAiSdk {}
