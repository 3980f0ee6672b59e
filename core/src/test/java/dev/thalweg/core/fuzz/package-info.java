/**
 * Runs every reader on input that is almost right, and on bytes that are nothing: it may refuse it in its own way, and must not
 * fail, loop, grow without bound, or mind how its input is cut. A new protocol is a line in {@link
 * dev.thalweg.core.fuzz.Protocol} and its seeds.
 */
@NullMarked
package dev.thalweg.core.fuzz;

import org.jspecify.annotations.NullMarked;
