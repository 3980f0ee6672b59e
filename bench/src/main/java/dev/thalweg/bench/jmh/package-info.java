/** Microbenchmarks of what the engine does for each byte and each chunk; run by {@code bench/jmh}. */
@NullMarked
package dev.thalweg.bench.jmh;

import org.jspecify.annotations.NullMarked;
