/**
 * What the ChoreoAI streaming guide shows, in Java. They ask a gateway ({@code THALWEG_BASE_URL=http://localhost:8000},
 * {@code THALWEG_API_KEY}) that serves the model {@code gpt-4}, as with {@code src/main/config/gpt-4.yaml}.
 */
@NullMarked
package dev.thalweg.examples.choreoai;

import org.jspecify.annotations.NullMarked;
