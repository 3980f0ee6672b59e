/** From what a provider answered to the class of error it is. Decided by status first, then by type and code. */
@NullMarked
package dev.thalweg.core.error;

import org.jspecify.annotations.NullMarked;
