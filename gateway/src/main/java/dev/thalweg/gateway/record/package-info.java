/** What is kept of a request: metrics, the log line, the row in the local record. */
@NullMarked
package dev.thalweg.gateway.record;

import org.jspecify.annotations.NullMarked;
