package dev.thalweg.examples.types;

import dev.thalweg.Thalweg;
import dev.thalweg.types.groq.GroqCompletion;
import dev.thalweg.types.groq.GroqUsage;

/** Says how long Groq worked, which is in its own usage only. */
public final class GroqTimes {
    void main() {
        GroqUsage usage = Thalweg.create()
                .complete("groq/llama-3.3-70b-versatile", "Say hello")
                .raw(GroqCompletion.class)
                .map(GroqCompletion::usage)
                .orElseThrow();
        IO.println(usage.completionTokens() + " tokens in " + usage.completionTime() + " s");
    }
}
