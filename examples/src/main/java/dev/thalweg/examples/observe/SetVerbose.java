package dev.thalweg.examples.observe;

import dev.thalweg.Thalweg;
import dev.thalweg.Verbosity;

/** Says on standard error what happens to a call, as {@code litellm.set_verbose = True} does; of its content nothing. */
public final class SetVerbose {
    void main() {
        Thalweg thalweg = Thalweg.builder().verbose(Verbosity.CALLS).build();
        IO.println(thalweg.complete("openai/gpt-4o-mini", "Hello").content());
    }
}
