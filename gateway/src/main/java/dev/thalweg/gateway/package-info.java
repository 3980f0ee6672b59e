/** The gateway's data plane and the {@code thalweg} command. */
@NullMarked
package dev.thalweg.gateway;

import org.jspecify.annotations.NullMarked;
