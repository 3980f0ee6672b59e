/** One chat request from its body to its end: attempts, relay, clocks, ends. */
@NullMarked
package dev.thalweg.gateway.chat;

import org.jspecify.annotations.NullMarked;
