/**
 * The SDK: {@link dev.thalweg.Thalweg} asks models and {@link dev.thalweg.ChatStream} reads their answers. Requests,
 * chunks and answers are in {@code dev.thalweg.model}, exceptions in {@code dev.thalweg.error}.
 */
@NullMarked
package dev.thalweg;

import org.jspecify.annotations.NullMarked;
