/** Metrics of calls: {@link dev.thalweg.micrometer.MicrometerListener} counts them in a Micrometer registry. */
@NullMarked
package dev.thalweg.micrometer;

import org.jspecify.annotations.NullMarked;
