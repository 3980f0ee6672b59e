/** Models inside this process: the demo, and mocks. */
@NullMarked
package dev.thalweg.gateway.demo;

import org.jspecify.annotations.NullMarked;
