/** Programs to read and run. */
@NullMarked
package dev.thalweg.examples;

import org.jspecify.annotations.NullMarked;
