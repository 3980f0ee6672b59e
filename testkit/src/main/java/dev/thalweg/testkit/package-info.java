/**
 * Test doubles on raw sockets: an upstream that answers from scripts and can break the protocol, a client that sees every
 * byte, and a helper that cuts a decoder's input at every position.
 *
 * <p>{@link dev.thalweg.testkit.ScriptedUpstream} is the place to start. Nothing here depends on a test framework: what
 * was expected and did not come is an {@link java.lang.AssertionError}.
 */
@NullMarked
package dev.thalweg.testkit;

import org.jspecify.annotations.NullMarked;
