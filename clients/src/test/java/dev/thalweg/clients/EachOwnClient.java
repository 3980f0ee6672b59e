package dev.thalweg.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A case of the table: run once with each {@linkplain Client#own own client} of a provider. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@EnumSource(names = {"GENAI_NODE", "GENAI_JAVA", "COHERE", "MISTRAL", "OLLAMA"})
@interface EachOwnClient {}
