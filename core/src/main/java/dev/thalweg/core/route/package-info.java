/** Where a request goes next, given what happened. Pure decisions: no clocks, no dice of their own. */
@NullMarked
package dev.thalweg.core.route;

import org.jspecify.annotations.NullMarked;
