package dev.thalweg.core.upstream;

import org.jspecify.annotations.Nullable;

/** Reads small files that say who asks: the engine itself opens none. */
@FunctionalInterface
public interface TextFiles {
    /** How large such a file may be, in bytes. */
    int MOST_BYTES = 64 * 1024;

    /** The text at this path; null where there is none, or none that can be read. */
    @Nullable
    String read(String path);
}
