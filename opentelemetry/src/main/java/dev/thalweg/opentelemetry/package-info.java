/** Traces and metrics of calls: {@link dev.thalweg.opentelemetry.OpenTelemetryListener} gives them to OpenTelemetry. */
@NullMarked
package dev.thalweg.opentelemetry;

import org.jspecify.annotations.NullMarked;
