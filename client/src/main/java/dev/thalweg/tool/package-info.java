/**
 * Tools: Java that models may have called. Methods and records marked {@link dev.thalweg.tool.Tool} become {@link
 * dev.thalweg.tool.ToolFunction}s at compile time, by the processor {@code dev.thalweg:thalweg-processor}; a {@link
 * dev.thalweg.tool.Tools} calls them, and a {@link dev.thalweg.tool.ToolRun} does so until the model needs none.
 */
@NullMarked
package dev.thalweg.tool;

import org.jspecify.annotations.NullMarked;
