/** Measures the gateway beside nginx. Never published. */
@NullMarked
package dev.thalweg.bench;

import org.jspecify.annotations.NullMarked;
