/**
 * Who is asked, and how: from {@code provider/model} and what an account says of itself to paths, headers and signatures.
 * Without I/O: files and tokens are read by whoever drives it.
 */
@NullMarked
package dev.thalweg.core.upstream;

import org.jspecify.annotations.NullMarked;
