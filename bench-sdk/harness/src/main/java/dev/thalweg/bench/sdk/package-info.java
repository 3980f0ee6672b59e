/** The SDK beside other libraries: the same streams of the same upstream, each library in a JVM of its own. */
@NullMarked
package dev.thalweg.bench.sdk;

import org.jspecify.annotations.NullMarked;
