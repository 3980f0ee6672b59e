/**
 * How providers speak, one package per protocol. Each has the same few files: as a client of an upstream {@code
 * RequestWriter}, {@code ResponseReader}, {@code ErrorReader}; as a server to a caller {@code RequestReader}, {@code
 * ResponseWriter}, {@code ErrorWriter}; and {@code Relay} for the case that both sides speak it.
 */
@NullMarked
package dev.thalweg.core.dialect;

import org.jspecify.annotations.NullMarked;
