/** Java source as text: a file with its imports, and the code that reads JSON as shapes. */
@NullMarked
package dev.thalweg.processor.source;

import org.jspecify.annotations.NullMarked;
