/** TLS towards callers: the certificate shown to them, and its renewal. */
@NullMarked
package dev.thalweg.gateway.tls;

import org.jspecify.annotations.NullMarked;
