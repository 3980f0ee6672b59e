/**
 * The vocabulary: requests, messages, events, usage, finish reason. Depends on nothing. Everything here is immutable
 * and safe to share between threads.
 */
@NullMarked
package dev.thalweg.model;

import org.jspecify.annotations.NullMarked;
