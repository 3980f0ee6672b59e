/**
 * What the pages of {@code docs/sdk} show. The programs ask {@code openai/…} models and need {@code OPENAI_API_KEY}; {@code
 * ReadEvents} needs {@code ANTHROPIC_API_KEY}.
 */
@NullMarked
package dev.thalweg.examples.sdk;

import org.jspecify.annotations.NullMarked;
