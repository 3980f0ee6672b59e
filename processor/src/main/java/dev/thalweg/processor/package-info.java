/** The annotation processor: from methods and records marked {@code @Tool} to plain Java that describes and calls them. */
@NullMarked
package dev.thalweg.processor;

import org.jspecify.annotations.NullMarked;
