/** Signatures over requests, for providers that take no key: plain functions of a request, a secret and the time. */
@NullMarked
package dev.thalweg.core.sign;

import org.jspecify.annotations.NullMarked;
