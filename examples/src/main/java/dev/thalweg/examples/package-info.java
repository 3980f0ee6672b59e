/**
 * Programs to read and run. They are written in Java 25: {@code void main()} and {@code IO.print}, which flushes. On Java
 * 21 these are {@code public static void main(String[] args)} and {@code System.out}; all else is the same.
 */
@NullMarked
package dev.thalweg.examples;

import org.jspecify.annotations.NullMarked;
