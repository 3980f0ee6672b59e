package dev.thalweg.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A case of the table: run once with each framework that asks in OpenAI's protocols. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@EnumSource(names = {"LANGCHAIN4J", "SPRING_AI", "AI_CHAT", "AI_RESPONSES", "AI_COMPATIBLE"})
@interface EachFramework {}
