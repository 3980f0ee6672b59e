/** What a stream is: how it can end, what it is timed by, what is seen in it, and the answer it adds up to. */
@NullMarked
package dev.thalweg.core.stream;

import org.jspecify.annotations.NullMarked;
