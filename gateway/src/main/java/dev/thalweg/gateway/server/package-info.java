/** The callers' side: connections, paths, keys, and the answers that need no upstream. */
@NullMarked
package dev.thalweg.gateway.server;

import org.jspecify.annotations.NullMarked;
