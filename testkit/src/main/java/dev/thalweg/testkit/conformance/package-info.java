/**
 * A conformance kit for gateways that translate between protocols: scenarios declared once, for each protocol what a caller
 * of it sends and reads and what a provider of it receives and answers, and a matrix of all pairs.
 *
 * <p>{@link dev.thalweg.testkit.conformance.Matrix} is the place to start: it runs every {@link
 * dev.thalweg.testkit.conformance.Scenario} through a gateway for every {@link dev.thalweg.testkit.conformance.Front} and
 * {@link dev.thalweg.testkit.conformance.Upstream}. A scenario is an {@link dev.thalweg.testkit.conformance.Ask} and a
 * {@link dev.thalweg.testkit.conformance.Reply} in no protocol's words; {@link dev.thalweg.testkit.conformance.Feature} says
 * what each protocol has words for. The readers are written from the protocols' facts and share nothing with any gateway.
 */
@NullMarked
package dev.thalweg.testkit.conformance;

import org.jspecify.annotations.NullMarked;
