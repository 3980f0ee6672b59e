/** Java types that JSON can be read as ({@code Shape}), and the JSON schemas that say so to a model. */
@NullMarked
package dev.thalweg.processor.schema;

import org.jspecify.annotations.NullMarked;
