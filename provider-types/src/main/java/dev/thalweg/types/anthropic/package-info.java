/**
 * What Anthropic's messages send. The types follow the provider and may change with it in any release; see
 * {@link dev.thalweg.types}.
 */
@NullMarked
package dev.thalweg.types.anthropic;

import org.jspecify.annotations.NullMarked;
