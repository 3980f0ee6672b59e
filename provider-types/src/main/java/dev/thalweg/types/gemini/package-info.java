/**
 * What Gemini's {@code generateContent} and {@code streamGenerateContent} send. The types follow the provider and may change
 * with it in any release; see {@link dev.thalweg.types}.
 */
@NullMarked
package dev.thalweg.types.gemini;

import org.jspecify.annotations.NullMarked;
