/** The chat in a terminal: a program on the SDK that knows nothing of the gateway. */
@NullMarked
package dev.thalweg.gateway.terminal;

import org.jspecify.annotations.NullMarked;
