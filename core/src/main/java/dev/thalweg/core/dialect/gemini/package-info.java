/** Google's Gemini API, as AI Studio and Vertex AI speak it. */
@NullMarked
package dev.thalweg.core.dialect.gemini;

import org.jspecify.annotations.NullMarked;
