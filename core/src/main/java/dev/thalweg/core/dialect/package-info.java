/**
 * How callers and providers speak, one package per protocol. Each implements {@link dev.thalweg.core.dialect.Dialect}: as a
 * client of an upstream it writes requests and reads events, answers and errors; as a server to a caller it reads requests and
 * writes the same. Here is what they share, and the ways a stream goes through: a relay where both sides speak one protocol,
 * {@link dev.thalweg.core.dialect.TranslatedStream} where they do not.
 */
@NullMarked
package dev.thalweg.core.dialect;

import org.jspecify.annotations.NullMarked;
