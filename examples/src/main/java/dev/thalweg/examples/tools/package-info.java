/** Tools: methods, records, and those of a server. */
@NullMarked
package dev.thalweg.examples.tools;

import org.jspecify.annotations.NullMarked;
