/** The vocabulary. */
@NullMarked
package dev.thalweg.model;

import org.jspecify.annotations.NullMarked;
