/**
 * What six providers send, as records: {@code chunk.raw(AnthropicEvent.class)}. A package for each provider; here is what
 * they have in common.
 *
 * <p>The types follow the provider: names and shapes are those of its wire, and any release may change them as the provider
 * changes it. What is common to all providers, and stays, is in the accessors of {@link dev.thalweg.model.ChatChunk} and
 * {@link dev.thalweg.model.ChatResponse}.
 *
 * <p>Reading is tolerant. A field no component is for is in {@code extra}; an event or a block of an unknown type is an
 * {@code Other}. A component marked {@code @Nullable} is null where the field is missing or null. Any other is then empty:
 * the empty text, 0, the empty list, a record with nothing in it. What was read is written as it came, a missing field as
 * missing and null as null: {@link dev.thalweg.types.WireRecord#toJson()}. A field whose value has another shape than its
 * component is an {@link java.lang.IllegalArgumentException}.
 *
 * <p>A {@code switch} over a sealed type of these packages should have a {@code default}: the next release may know one
 * event more.
 *
 * <p>Everything is immutable and safe to share between threads.
 */
@NullMarked
package dev.thalweg.types;

import org.jspecify.annotations.NullMarked;
