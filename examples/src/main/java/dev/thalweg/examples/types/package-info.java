/** What {@code docs/sdk/provider-types.md} shows. The programs need the keys of their providers. */
@NullMarked
package dev.thalweg.examples.types;

import org.jspecify.annotations.NullMarked;
