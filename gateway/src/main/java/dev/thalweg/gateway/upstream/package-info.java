/** The providers' side: connections, pools, TLS, and one attempt over them. */
@NullMarked
package dev.thalweg.gateway.upstream;

import org.jspecify.annotations.NullMarked;
