/** What is known of providers: where they are, how they want to be asked. Data, not code. */
@NullMarked
package dev.thalweg.core.catalog;

import org.jspecify.annotations.NullMarked;
