/**
 * What can go wrong, as exceptions with the names LiteLLM's users know. All are unchecked and extend {@link
 * dev.thalweg.error.ThalwegException}; none is sealed, so that new ones do not break callers.
 */
@NullMarked
package dev.thalweg.error;

import org.jspecify.annotations.NullMarked;
