/**
 * What Cohere's chat, version 2, sends. The types follow the provider and may change with it in any release; see
 * {@link dev.thalweg.types}.
 */
@NullMarked
package dev.thalweg.types.cohere;

import org.jspecify.annotations.NullMarked;
